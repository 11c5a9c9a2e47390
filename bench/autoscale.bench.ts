import type Docker from 'dockerode';
import { CLOUD } from '../e2e/support/api.ts';
import { type Bench, median, percentile, rounded, summarise } from './support/bench.ts';
import { openBenchConsole, whenEntities } from './support/bench-console.ts';
import { BUSYBOX, pullOnce, rawEngine, rawRemove, SLEEP } from './support/raw-engine.ts';

const ROUNDS = 15;
const OURS = 'io.clocker.plane';
/** A shrink is waited for at most so long. Milliseconds. */
const SHRINK_MS = 30_000;

/**
 * A member of a cluster begins to use a whole CPU: from there until the second member, ordered by the auto-scaler, has started. The
 * reference creates and starts a container by hand, told at once; what is over it is measuring, deciding, placing and SSH.
 */
export const bench: Bench = {
  name: 'autoscale',
  what: 'a step of CPU until a member more has started, against create and start on the local socket',
  async run({ rounds, say, signal }) {
    const console = await openBenchConsole();
    const docker = rawEngine(console.host.socketPath);
    const ours: number[] = [];
    const floor: number[] = [];
    try {
      await pullOnce(docker);
      await console.api.application.deploy.mutate({ text: BLUEPRINT, location: CLOUD });
      await whenEntities(
        console,
        signal,
        (entities) => entities.size === 3 && [...entities.values()].every(({ actual }) => actual === 'RUNNING'),
      );
      for (let n = 0; n < (rounds ?? ROUNDS); n++) {
        signal.throwIfAborted();
        const turn = [async () => floor.push(await startByHand(docker)), async () => ours.push(await step(docker))];
        for (const side of n % 2 === 0 ? turn : turn.toReversed()) await side();
        say(`step ${n + 1}: ours ${rounded(ours.at(-1) ?? 0)} ms, floor ${rounded(floor.at(-1) ?? 0)} ms`);
      }
    } finally {
      await console.close();
    }
    const over = percentile(ours, 0.95) - median(floor);
    return {
      name: 'autoscale',
      unit: 'ms p50',
      ...summarise(ours.map((value, n) => ({ ours: value, reference: floor[n] ?? Number.NaN }))),
      target: 'p95 <= 1500 ms + start floor',
      met: over <= 1_500,
      detail: { p95OverFloorMs: rounded(over), p95: rounded(percentile(ours, 0.95)) },
    };
  },
};

const BLUEPRINT = `
name: bench-autoscale
services:
- type: org.apache.brooklyn.entity.group.DynamicCluster
  id: pool
  brooklyn.config:
    dynamiccluster.memberspec:
      $brooklyn:entitySpec:
        type: docker:${BUSYBOX}
        brooklyn.config:
          docker.image.commands: [sleep, "1000000"]
          stop.timeout: 0
  brooklyn.policies:
  - type: AutoScalerPolicy
    brooklyn.config:
      metric: docker.container.cpu
      metricLowerBound: 0.05
      metricUpperBound: 0.3
      maxPoolSize: 2
      flapGuard: 0s
`;

/** Ends with one member again. */
async function step(docker: Docker): Promise<number> {
  const [only] = await members(docker);
  if (!only) throw new Error('the cluster has no member');
  const exec = await docker.getContainer(only.Id).exec({ Cmd: ['timeout', '-s', 'KILL', '20', 'sh', '-c', 'while :; do :; done'] });
  const started = nextStart(docker, [OURS]);
  const begun = performance.now();
  await exec.start({ Detach: true });
  const ms = (await started) - begun;
  await docker
    .getContainer(only.Id)
    .exec({ Cmd: ['busybox', 'pkill', '-9', '-f', 'while'] })
    .then((kill) => kill.start({ Detach: true }));
  const until = Date.now() + SHRINK_MS;
  while ((await members(docker)).length > 1) {
    if (Date.now() > until) throw new Error(`the cluster did not shrink within ${SHRINK_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return ms;
}

function members(docker: Docker) {
  return docker.listContainers({ filters: { label: [OURS] } });
}

async function startByHand(docker: Docker): Promise<number> {
  const started = nextStart(docker, ['bench=raw']);
  const begun = performance.now();
  const container = await docker.createContainer({ Image: BUSYBOX, Cmd: SLEEP, Labels: { bench: 'raw' } });
  await container.start();
  const ms = (await started) - begun;
  await rawRemove(docker);
  return ms;
}

async function nextStart(docker: Docker, label: string[]): Promise<number> {
  const stream = await docker.getEvents({ filters: { label, event: ['start'], type: ['container'] } });
  const at = await new Promise<number>((resolve) => stream.on('data', () => resolve(performance.now())));
  if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy();
  return at;
}
