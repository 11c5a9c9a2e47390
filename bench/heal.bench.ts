import { CLOUD } from '../e2e/support/api.ts';
import { type Bench, median, percentile, rounded, summarise } from './support/bench.ts';
import { openBenchConsole, whenEntities } from './support/bench-console.ts';
import { BUSYBOX, pullOnce, rawEngine, rawRemove, SLEEP } from './support/raw-engine.ts';

const KILLS = 30;
type Engine = ReturnType<typeof rawEngine>;

/**
 * SIGKILL of a container's process until its replacement has started, against a script that does just event, create, start. Each
 * kill takes another member of a cluster: a first failure is healed at once, a second in a row waits on purpose.
 */
export const bench: Bench = {
  name: 'heal',
  what: `SIGKILL of a container's process to its replacement started, ${KILLS} times, against event + create + start on the local socket`,
  async run({ rounds, say, signal }) {
    const console = await openBenchConsole();
    const docker = rawEngine(console.host.socketPath);
    const count = rounds ?? KILLS;
    const ours: number[] = [];
    const floor: number[] = [];
    try {
      await pullOnce(docker);
      await console.api.application.deploy.mutate({ text: blueprint(count), location: CLOUD });
      await whenEntities(
        console,
        signal,
        (entities) => entities.size === count + 2 && [...entities.values()].every((entity) => entity.actual === 'RUNNING'),
      );
      const victims = await docker.listContainers({ filters: { label: ['io.clocker.plane'] } });
      for (let n = 0; n < count; n++) {
        signal.throwIfAborted();
        const turn = [
          async () => floor.push(await healByHand(docker, n)),
          async () => ours.push(await killed(docker, victims[n]?.Id ?? '', ['io.clocker.plane'])),
        ];
        for (const side of n % 2 === 0 ? turn : turn.toReversed()) await side();
        say(`kill ${n + 1} of ${count}: ours ${rounded(ours.at(-1) ?? 0)} ms, floor ${rounded(floor.at(-1) ?? 0)} ms`);
      }
    } finally {
      await console.close();
    }
    const over = median(ours) - median(floor);
    return {
      name: 'heal',
      unit: 'ms p50',
      ...summarise(ours.map((value, n) => ({ ours: value, reference: floor[n] ?? Number.NaN }))),
      target: 'p50 <= floor + 100 ms',
      met: over <= 100,
      detail: { overFloorMs: rounded(over), p95: rounded(percentile(ours, 0.95)), floorP95: rounded(percentile(floor, 0.95)) },
    };
  },
};

function blueprint(members: number): string {
  return [
    'name: bench-heal',
    'services:',
    '- type: org.apache.brooklyn.entity.group.DynamicCluster',
    '  id: victims',
    '  brooklyn.config:',
    `    cluster.initial.size: ${members}`,
    '    dynamiccluster.memberspec:',
    '      $brooklyn:entitySpec:',
    `        type: docker:${BUSYBOX}`,
    '        brooklyn.config:',
    '          docker.image.commands: [sleep, "1000000"]',
    '          stop.timeout: 0',
  ].join('\n');
}

/** Kills one container and resolves with the milliseconds until another of its kind started. */
async function killed(docker: Engine, victimId: string, label: string[]): Promise<number> {
  const stream = await docker.getEvents({ filters: { label, event: ['start'], type: ['container'] } });
  const started = new Promise<number>((resolve) => stream.on('data', () => resolve(performance.now())));
  const begun = performance.now();
  await docker.getContainer(victimId).kill({ signal: 'SIGKILL' });
  const at = await started;
  end(stream);
  return at - begun;
}

function end(stream: NodeJS.ReadableStream): void {
  if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy();
}

/** What anybody needs at least: hear of the death, create, start. */
async function healByHand(docker: Engine, n: number): Promise<number> {
  const label = ['bench=raw'];
  const make = (suffix: string) =>
    docker.createContainer({ name: `bench-heal-${n}-${suffix}`, Image: BUSYBOX, Cmd: SLEEP, Labels: { bench: 'raw' } });
  const victim = await make('a');
  await victim.start();
  const stream = await docker.getEvents({ filters: { label, event: ['die'], type: ['container'] } });
  stream.once('data', () => void make('b').then((container) => container.start()));
  const ms = await killed(docker, victim.id, label);
  end(stream);
  await rawRemove(docker);
  return ms;
}
