import { setTimeout as pause } from 'node:timers/promises';
import type { ContainerStats } from 'dockerode';
import { createSystemClock } from '../server/adapters/clock/system-clock.ts';
import { createHostConnector } from '../server/adapters/ssh/create-host-connector.ts';
import { createHostCounters } from '../server/engine/hosts/host-counters.ts';
import { createStatsSampler } from '../server/engine/hosts/stats-sampler.ts';
import type { HostSession } from '../server/ports/host-session.ts';
import { quietLog } from '../server/testing/quiet-log.ts';
import { type Bench, median, rounded, summarise } from './support/bench.ts';
import { ensureBenchHost } from './support/bench-host.ts';
import { readHostCpuMs } from './support/host-cpu.ts';
import { pullOnce, rawDeploy, rawEngine, rawRemove } from './support/raw-engine.ts';

const CONTAINERS = 50;
const WARM_UP_MS = 2_500;
/** The shims of idle containers burn CPU in a burst each 30 s: a window holds exactly one, on every side. */
const WINDOW_MS = 30_000;
const TARGET = 0.1;

type Engine = ReturnType<typeof rawEngine>;

interface Window {
  /** Of everything on the host and of this process, in milliseconds. */
  readonly cpuMs: number;
  readonly samples: number;
}

/** What one reading of one container costs, host and reader together, over an idle host with the connection open. */
export const bench: Bench = {
  name: 'stats',
  what: `CPU of one sample of one of ${CONTAINERS} idle containers at 1 Hz: held shell against streaming stats requests, ${WINDOW_MS / 1_000} s each`,
  async run({ rounds, say, signal }) {
    const host = await ensureBenchHost();
    const session = createHostConnector({ clock: createSystemClock(), log: quietLog() }).session({
      ...host,
      privateKey: host.privateKeyPem,
    });
    const docker = rawEngine(host.socketPath);
    const windows = { idle: [] as Window[], ours: [] as Window[], streams: [] as Window[] };
    try {
      await session.connect();
      await pullOnce(docker);
      await rawDeploy(docker, { count: CONTAINERS, concurrency: 8, signal });
      const ids = (await docker.listContainers({ filters: { label: ['bench=raw'] } })).map(({ Id }) => Id);
      const sides = {
        idle: () => measured({ pid: host.pid, signal }, () => ({ samples: () => 0, stop: () => undefined })),
        ours: () => measured({ pid: host.pid, signal }, () => sampleByShell(session, ids)),
        streams: () => measured({ pid: host.pid, signal }, () => sampleByStreams(docker, ids)),
      };
      const names = ['idle', 'ours', 'streams'] as const;
      const total = rounds ?? 5;
      for (let n = 0; n < total; n++) {
        for (let k = 0; k < names.length; k++) {
          const name = names[(n + k) % names.length] ?? 'idle';
          windows[name].push(await sides[name]());
        }
        const told = names.map(
          (name) => `${name} ${rounded(windows[name].at(-1)?.cpuMs ?? 0)} ms / ${windows[name].at(-1)?.samples} samples`,
        );
        say(`round ${n + 1} of ${total}: ${told.join(', ')}`);
      }
    } finally {
      await rawRemove(docker);
      await session.close();
    }
    const idleMs = median(windows.idle.map(({ cpuMs }) => cpuMs));
    const perSample = ({ cpuMs, samples }: Window) => (cpuMs - idleMs) / samples;
    const result = summarise(
      windows.ours.map((window, n) => ({
        ours: perSample(window),
        reference: perSample(windows.streams[n] ?? { cpuMs: Number.NaN, samples: 1 }),
      })),
    );
    const perSecond = (side: readonly Window[]) => rounded(median(side.map(({ samples }) => samples)) / (WINDOW_MS / 1_000));
    return {
      name: 'stats',
      unit: 'ms CPU a sample',
      ...result,
      target: `<= ${TARGET} x streaming stats`,
      met: result.ratio <= TARGET,
      detail: { idleMs: rounded(idleMs), oursPerSecond: perSecond(windows.ours), streamsPerSecond: perSecond(windows.streams) },
    };
  },
};

interface Reader {
  samples(): number;
  stop(): void;
}

async function measured(
  { pid, signal }: { readonly pid: number; readonly signal: AbortSignal },
  begin: () => Reader | Promise<Reader>,
): Promise<Window> {
  const reader = await begin();
  await pause(WARM_UP_MS, undefined, { signal });
  const read = () => ({ hostMs: readHostCpuMs(pid), own: process.cpuUsage(), samples: reader.samples() });
  const before = read();
  await pause(WINDOW_MS, undefined, { signal });
  const after = read();
  reader.stop();
  await pause(WARM_UP_MS, undefined, { signal });
  const ownMs = (after.own.user + after.own.system - before.own.user - before.own.system) / 1_000;
  return { cpuMs: after.hostMs - before.hostMs + ownMs, samples: after.samples - before.samples };
}

function sampleByShell({ shell }: HostSession, ids: readonly string[]): Reader {
  let samples = 0;
  const sampler = createStatsSampler({
    clock: createSystemClock(),
    shell,
    counters: createHostCounters(),
    sampleMs: 1_000,
    capacity: () => ({ cpus: 2, memoryBytes: 1024 ** 3 }),
    containerIds: () => ids,
    isReady: () => true,
    onUsage: ({ containers }) => {
      samples += containers.size;
    },
    onHeard: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  sampler.start();
  return { samples: () => samples, stop: () => sampler.stop() };
}

/** What `docker stats` does: one stream a container, each line parsed. */
async function sampleByStreams(docker: Engine, ids: readonly string[]): Promise<Reader> {
  let samples = 0;
  const streams = await Promise.all(ids.map((id) => docker.getContainer(id).stats({ stream: true })));
  for (const stream of streams) {
    let rest = '';
    stream.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if ((JSON.parse(line) as ContainerStats).cpu_stats) samples += 1;
    });
  }
  return {
    samples: () => samples,
    stop: () => {
      for (const stream of streams) if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy();
    },
  };
}
