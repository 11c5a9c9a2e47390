import { randomUUID } from 'node:crypto';
import { CLOUD, eventually } from '../e2e/support/api.ts';
import { dockerLines, dockerOn, servicesOf } from '../e2e/support/lab-hosts.ts';
import { type Bench, median, rounded, summarise } from './support/bench.ts';
import { type BenchConsole, openBenchConsole, whenEntities } from './support/bench-console.ts';

/** Debian with apt; on both hosts before anything is measured. */
const BASE = 'php:8.2-apache';
const PUSH_MS = 300_000;
const TARGET = 5;

/**
 * What an install costs once, and what it costs again: the first start runs the commands, the second finds the image on its host, the
 * third finds it in the registry of its cloud, where the first host has pushed it. Both later ones wait for nothing but that.
 */
export const bench: Bench = {
  name: 'install',
  what: `an entity that installs redis-server by apt on ${BASE}: first start, start on the same host and on another, from the API call to RUNNING`,
  async run({ rounds, say, signal }) {
    const console = await openBenchConsole(2);
    const { api, hosts } = console;
    const total = rounds ?? 3;
    const measured = { first: [] as number[], same: [] as number[], other: [] as number[], push: [] as number[] };
    try {
      await Promise.all(hosts.map((host) => dockerOn(host, 'pull', '--quiet', BASE)));
      const [cloud] = await api.cloud.list.query({});
      await api.cloud.update.mutate({ cloudId: cloud?.id ?? '', imageRegistry: servicesOf(console).registry });
      const [one = '', two = ''] = hosts.map(({ name }) => name);
      for (let n = 0; n < total; n++) {
        signal.throwIfAborted();
        const install = randomUUID();
        const since = Date.now();
        measured.first.push(await start(console, { install, host: one }, signal));
        measured.push.push(await pushed(console, since));
        measured.same.push(await start(console, { install, host: one }, signal));
        measured.other.push(await start(console, { install, host: two }, signal));
        await removeApplications(console, signal);
        say(
          `round ${n + 1} of ${total}: ${Object.entries(measured)
            .map(([name, all]) => `${name} ${rounded(all.at(-1) ?? 0)} ms`)
            .join(', ')}`,
        );
      }
    } finally {
      await console.close();
      await Promise.all(hosts.map(removeBuilt));
    }
    const later = measured.first.map((reference, n) => ({ ours: Math.max(measured.same[n] ?? 0, measured.other[n] ?? 0), reference }));
    const times = (all: readonly number[]): number => rounded(median(measured.first) / median(all));
    return {
      name: 'install',
      unit: 'ms',
      ...summarise(later),
      target: `the slower of both later starts <= 1/${TARGET} of the first`,
      met: median(later.map(({ ours, reference }) => reference / ours)) >= TARGET,
      detail: {
        sameHostMs: rounded(median(measured.same)),
        otherHostMs: rounded(median(measured.other)),
        pushMs: rounded(median(measured.push)),
        timesFasterSameHost: times(measured.same),
        timesFasterOtherHost: times(measured.other),
      },
    };
  },
};

interface Start {
  /** Makes the install another than all before, so that no step of it is in a host's build cache. */
  readonly install: string;
  readonly host: string;
}

async function start(console: BenchConsole, { install, host }: Start, signal: AbortSignal): Promise<number> {
  const { entities } = await known(console);
  const text = `name: bench-install
services:
- type: vanilla-process
  id: store
  brooklyn.config:
    docker.image.name: ${BASE}
    docker.container.strategies:
    - $brooklyn:object: { type: hostname, brooklyn.config: { hostname: ${host} } }
    install.command: |
      : ${install}
      export DEBIAN_FRONTEND=noninteractive
      apt-get update -q && apt-get install -y -q --no-install-recommends redis-server && rm -rf /var/lib/apt/lists/*
    launch.command: |
      redis-server --port 6379 > console 2>&1 &
      echo $! > "$PID_FILE"
`;
  const begun = performance.now();
  await console.api.application.deploy.mutate({ text, location: CLOUD });
  await whenEntities(console, signal, (all) => all.size > entities && [...all.values()].every(({ actual }) => actual === 'RUNNING'));
  return performance.now() - begun;
}

/** Milliseconds of the push that began since then; it holds up no container. @throws Error with the words of a push that failed */
async function pushed({ api, hosts }: BenchConsole, since: number): Promise<number> {
  let tookMs = Number.NaN;
  await eventually(`what was built is pushed from ${hosts[0]?.name}`, PUSH_MS, async () => {
    const tasks = await api.task.list.query({ limit: 100 });
    const push = tasks.find(({ name, startedAt }) => name.startsWith('Push ') && startedAt >= since);
    if (push?.error) throw new Error(`${push.error.message}. A lab from before labs took pushes is to be made anew: clocker lab down`);
    tookMs = (push?.endedAt ?? Number.NaN) - (push?.startedAt ?? Number.NaN);
    return push?.status === 'done';
  });
  return tookMs;
}

async function known({ api }: BenchConsole): Promise<{ readonly entities: number }> {
  const applications = await api.application.list.query({});
  const details = await Promise.all(applications.map(({ id }) => api.application.get.query({ applicationId: id })));
  return { entities: details.reduce((sum, { entities }) => sum + entities.length, 0) };
}

async function removeApplications(console: BenchConsole, signal: AbortSignal): Promise<void> {
  for (const { id } of await console.api.application.list.query({})) {
    await console.api.application.delete.mutate({ applicationId: id, removeVolumes: true });
  }
  await whenEntities(console, signal, (entities) => entities.size === 0);
}

async function removeBuilt(host: BenchConsole['host']): Promise<void> {
  const names = dockerLines(await dockerOn(host, 'images', '--filter', 'label=io.clocker.image', '--format', '{{.Repository}}:{{.Tag}}'));
  if (names.length > 0) await dockerOn(host, 'rmi', ...new Set(names));
}
