import os from 'node:os';
import { CLOUD } from '../e2e/support/api.ts';
import type { LabHost } from '../e2e/support/lab-hosts.ts';
import { type Bench, type BenchOptions, median, percentile, rounded, summarise } from './support/bench.ts';
import { type BenchConsole, openBenchConsole, whenEntities } from './support/bench-console.ts';
import { type Cable, cableOf } from './support/cable.ts';
import { startsByHand, whenStarted } from './support/container-starts.ts';
import { IDLE_MEMBER } from './support/idle-member.ts';
import { BUSYBOX, pullOnce, rawEngine, rawRemove } from './support/raw-engine.ts';
import { openSwarm, type Swarm } from './support/swarm.ts';
import { type HostWatch, watchHosts } from './support/watch-hosts.ts';

const CUTS = 10;
const REPLICAS = 2;
const SOAK_MINUTES = 10;
const DECLARED_MS = 3_000;
const RECOVERED_MS = 5_000;

/**
 * The cable of one of two hosts is pulled while both run replicas of ours and of a Swarm service: from there until the host is declared lost, and
 * until what ran there runs on the other. Then both hosts work at all their processors for ten minutes, and none may be called lost.
 */
export const bench: Bench = {
  name: 'hostloss',
  what: `a host's cable is pulled, ${CUTS} times, until it is declared lost and its replicas run elsewhere, against Swarm at the same cut; then ${SOAK_MINUTES} minutes at full CPU`,
  async run({ rounds, say, signal }) {
    const console = await openBenchConsole(2, 1);
    const [manager] = console.spare;
    if (!manager) throw new Error('the lab has no host for the manager of the swarm');
    await Promise.all([manager, ...console.hosts].map((host) => pullOnce(rawEngine(host.socketPath))));
    const swarm = await openSwarm(manager, console.hosts, REPLICAS);
    const watch = watchHosts(console);
    try {
      await console.api.application.deploy.mutate({ text: BLUEPRINT, location: CLOUD });
      await whenEntities(
        console,
        signal,
        (entities) => entities.size === REPLICAS + 2 && [...entities.values()].every(({ actual }) => actual === 'RUNNING'),
      );
      const cuts: Cut[] = [];
      for (let n = 0; n < (rounds ?? CUTS); n++) {
        signal.throwIfAborted();
        cuts.push(await cut({ console, swarm, watch, victim: console.hosts[n % 2], refuge: console.hosts[(n + 1) % 2], signal }));
        say(`cut ${n + 1}: ${JSON.stringify(cuts.at(-1))}`);
      }
      const minutes = rounds ?? SOAK_MINUTES;
      const alarms = await soak({ hosts: console.hosts, watch, minutes, say, signal });
      return toResult(cuts, { minutes, alarms });
    } finally {
      watch.end();
      await swarm.end();
      await console.close();
    }
  },
};

const BLUEPRINT = `
name: bench-hostloss
services:
- type: org.apache.brooklyn.entity.group.DynamicCluster
  id: replicas
  brooklyn.config:
    cluster.initial.size: ${REPLICAS}
    dynamiccluster.memberspec: ${IDLE_MEMBER}
`;

/** Milliseconds since the cable was pulled; `floor`: what a start takes by hand, as many at once. */
interface Cut {
  readonly declared: number;
  readonly recovered: number;
  readonly swarmDeclared: number;
  readonly swarmRecovered: number;
  readonly floor: number;
}

interface Cutting {
  readonly console: BenchConsole;
  readonly swarm: Swarm;
  readonly watch: HostWatch;
  readonly victim: LabHost | undefined;
  readonly refuge: LabHost | undefined;
  readonly signal: AbortSignal;
}

async function cut({ console, swarm, watch, victim, refuge, signal }: Cutting): Promise<Cut> {
  if (!victim || !refuge) throw new Error('the lab has too few hosts');
  const docker = rawEngine(refuge.socketPath);
  const lost = await rawEngine(victim.socketPath).listContainers({ filters: { label: ['io.clocker.plane'] } });
  const floor = await startsByHand(docker, Math.max(1, lost.length));
  const cable: Cable = await cableOf(victim);
  const started = await whenStarted(docker, ['io.clocker.plane'], lost.length);
  const states = [watch.becomes(victim.name, 'lost'), swarm.down(victim, signal), swarm.movedFrom(victim, signal)] as const;
  const begun = await cable.pull();
  try {
    const [declared, swarmDeclared, swarmRecovered] = await Promise.all(states);
    const recovered = lost.length === 0 ? declared : await started.at;
    return {
      declared: rounded(declared - begun),
      recovered: rounded(recovered - begun),
      swarmDeclared: rounded(swarmDeclared - begun),
      swarmRecovered: rounded(swarmRecovered - begun),
      floor: rounded(floor),
    };
  } finally {
    const back = watch.becomes(victim.name, 'ready');
    await cable.plugIn();
    await Promise.all([back, swarm.whole(signal)]);
    await whenEntities(console, signal, (entities) => [...entities.values()].every(({ actual }) => actual === 'RUNNING'));
  }
}

/** How often a host was called lost though nothing happened but that it had to work. */
async function soak({
  hosts,
  watch,
  minutes,
  say,
  signal,
}: { readonly hosts: readonly LabHost[]; readonly watch: HostWatch; readonly minutes: number } & Pick<
  BenchOptions,
  'say' | 'signal'
>): Promise<number> {
  const before = watch.losses();
  await Promise.all(hosts.map(burn));
  try {
    for (let minute = 1; minute <= minutes; minute++) {
      await new Promise((resolve) => setTimeout(resolve, 60_000));
      signal.throwIfAborted();
      say(`minute ${minute} of ${minutes} at full CPU: ${watch.losses() - before} false alarms`);
    }
    return watch.losses() - before;
  } finally {
    await Promise.all(hosts.map(({ socketPath }) => rawRemove(rawEngine(socketPath))));
  }
}

/** Containers that take all processors of a host. */
async function burn({ socketPath }: LabHost): Promise<void> {
  const docker = rawEngine(socketPath);
  for (let n = 0; n < os.cpus().length; n++) {
    const container = await docker.createContainer({ Image: BUSYBOX, Cmd: ['sh', '-c', 'while :; do :; done'], Labels: { bench: 'raw' } });
    await container.start();
  }
}

function toResult(cuts: readonly Cut[], { minutes, alarms }: { readonly minutes: number; readonly alarms: number }) {
  const of = (key: keyof Cut): number[] => cuts.map((one) => one[key]);
  const declaredP95 = percentile(of('declared'), 0.95);
  const overFloorP95 = percentile(
    cuts.map(({ recovered, floor }) => recovered - floor),
    0.95,
  );
  return {
    name: 'hostloss',
    unit: 'ms until declared lost, p50',
    ...summarise(cuts.map(({ declared, swarmDeclared }) => ({ ours: declared, reference: swarmDeclared }))),
    target: `declared p95 <= ${DECLARED_MS} ms, recovered p95 <= ${RECOVERED_MS} ms + start floor, no false alarm in ${SOAK_MINUTES} minutes at full CPU`,
    met: declaredP95 <= DECLARED_MS && overFloorP95 <= RECOVERED_MS && alarms === 0 && minutes >= SOAK_MINUTES,
    detail: {
      declaredP95,
      recovered: median(of('recovered')),
      recoveredP95OverFloor: rounded(overFloorP95),
      startFloor: median(of('floor')),
      swarmRecovered: median(of('swarmRecovered')),
      recoveredRatio: rounded(median(cuts.map((one) => one.recovered / one.swarmRecovered))),
      falseAlarms: alarms,
      soakMinutes: minutes,
    },
  };
}
