import type Docker from 'dockerode';
import { CLOUD, eventually } from '../e2e/support/api.ts';
import type { EntityId } from '../server/domain/shared/ids.ts';
import { type Bench, median, percentile, rounded, summarise } from './support/bench.ts';
import { type BenchConsole, openBenchConsole, whenEntities } from './support/bench-console.ts';
import { startsByHand, whenStarted } from './support/container-starts.ts';
import { IDLE_MEMBER } from './support/idle-member.ts';
import { pullOnce, rawEngine } from './support/raw-engine.ts';
import { measureReactions } from './support/scaler-reactions.ts';

const ROUNDS = 20;
const OURS = 'io.clocker.plane';
/** A shrink is waited for at most so long. Milliseconds. */
const SHRINK_MS = 60_000;
/** For so long without load, it is heard no more. Milliseconds. */
const CALM_MS = 3_000;
const REACTION_MS = 20;
const OVER_FLOOR_MS = 1_500;

/**
 * A member of a cluster begins to use a whole CPU: from there until the second member, ordered by the auto-scaler, has started. The
 * reference creates and starts a container by hand, told at once; what is over it is measuring, deciding, placing and SSH. Then a value of its metric
 * is told to an auto-scaler: from there until the new size of its cluster is committed.
 */
export const bench: Bench = {
  name: 'autoscale',
  what: 'a step of CPU until a member more has started, against create and start on the local socket; a step of a metric until the resize is committed',
  async run({ rounds, say, signal }) {
    const console = await openBenchConsole();
    const docker = rawEngine(console.host.socketPath);
    const ours: number[] = [];
    const floor: number[] = [];
    const count = rounds ?? ROUNDS;
    try {
      await pullOnce(docker);
      const { applicationId } = await console.api.application.deploy.mutate({ text: BLUEPRINT, location: CLOUD });
      await whenEntities(
        console,
        signal,
        (entities) => entities.size === 3 && [...entities.values()].every(({ actual }) => actual === 'RUNNING'),
      );
      const { entities } = await console.api.application.get.query({ applicationId });
      const pool = entities.find(({ planId, slot }) => planId === 'pool' && slot === null);
      if (!pool) throw new Error('the application has no cluster');
      for (let n = 0; n < count; n++) {
        signal.throwIfAborted();
        await shrink(console, docker, pool.id);
        const turn = [async () => floor.push(await startsByHand(docker)), async () => ours.push(await step(docker))];
        for (const side of n % 2 === 0 ? turn : turn.toReversed()) await side();
        say(`step ${n + 1}: ours ${rounded(ours.at(-1) ?? 0)} ms, floor ${rounded(floor.at(-1) ?? 0)} ms`);
      }
    } finally {
      await console.close();
    }
    const reactions = await measureReactions(console.host, { count, signal });
    say(`reactions: ${reactions.map(rounded).join(', ')} ms`);
    const over = percentile(ours, 0.95) - median(floor);
    const reactionP95 = percentile(reactions, 0.95);
    return {
      name: 'autoscale',
      unit: 'ms p50',
      ...summarise(ours.map((value, n) => ({ ours: value, reference: floor[n] ?? Number.NaN }))),
      target: `p95 <= ${OVER_FLOOR_MS} ms + start floor; metric to resize p95 <= ${REACTION_MS} ms`,
      met: over <= OVER_FLOOR_MS && reactionP95 <= REACTION_MS,
      detail: {
        p95OverFloorMs: rounded(over),
        p95: rounded(percentile(ours, 0.95)),
        reactionP50: rounded(median(reactions)),
        reactionP95: rounded(reactionP95),
      },
    };
  },
};

const BLUEPRINT = `
name: bench-autoscale
services:
- type: org.apache.brooklyn.entity.group.DynamicCluster
  id: pool
  brooklyn.config:
    dynamiccluster.memberspec: ${IDLE_MEMBER}
  brooklyn.policies:
  - type: AutoScalerPolicy
    brooklyn.config:
      metric: docker.container.cpu
      metricLowerBound: 0.05
      metricUpperBound: 0.3
      maxPoolSize: 2
      flapGuard: 30m
`;

/** Uses a whole CPU until it is told to stop, or for so many seconds at most. */
const BUSY = ['timeout', '-s', 'KILL', '30', 'sh', '-c', 'rm -f /tmp/stop; while [ ! -e /tmp/stop ]; do :; done'];

/** From the first busy moment of the only member until another has started. */
async function step(docker: Docker): Promise<number> {
  const [only] = await members(docker);
  if (!only) throw new Error('the cluster has no member');
  const member = docker.getContainer(only.Id);
  const exec = await member.exec({ Cmd: BUSY });
  const started = await whenStarted(docker, [OURS]);
  const begun = performance.now();
  await exec.start({ Detach: true });
  const ms = (await started.at) - begun;
  const stop = await member.exec({ Cmd: ['touch', '/tmp/stop'] });
  await stop.start({ Detach: true });
  return ms;
}

/**
 * Back to one member, by hand: the policy would take its time, and what it does is counted: 30 acts in 10 minutes are its most. Never while the load is heard still: the policy would grow it again, and again,
 * until it has no action left.
 */
async function shrink({ api }: BenchConsole, docker: Docker, entityId: EntityId): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, CALM_MS));
    if ((await members(docker)).length === 1) return;
    await api.entity.resize.mutate({ entityId, size: 1 });
    await eventually('the cluster has one member', SHRINK_MS, async () => (await members(docker)).length === 1);
  }
}

function members(docker: Docker) {
  return docker.listContainers({ filters: { label: [OURS] } });
}
