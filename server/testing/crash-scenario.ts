import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TaskCause } from '../domain/entity/task.ts';
import { deleteApplication } from '../engine/commands/delete-application.ts';
import { deployApplication } from '../engine/commands/deploy-application.ts';
import { resizeEntity, restartEntity } from '../engine/commands/entity-effectors.ts';
import { updateApplication } from '../engine/commands/update-application.ts';
import type { HostTarget } from '../ports/host-session.ts';
import { docker, TEST_IMAGE } from './real-engine.ts';
import { openRealWorld, REAL_CLOUD, type RealWorld } from './real-world.ts';

/** Run as a process of its own, to be killed at crash points: the same application deployed, resized, restarted, updated and deleted. */
export interface CrashScenario {
  readonly home: string;
  readonly engineSocketPath: string;
  readonly target: HostTarget;
}

const USER: TaskCause = { kind: 'user', by: 'ann' };

const text = (message: string): string => `
name: crash
location: ${REAL_CLOUD}
services:
- type: cluster
  id: web
  brooklyn.config:
    cluster.initial.size: 1
    dynamiccluster.memberspec:
      $brooklyn:entitySpec:
        type: docker:${TEST_IMAGE}
        brooklyn.config:
          docker.container.openPorts: [80]
          docker.image.commands: [sh, -c, "trap 'exit 0' TERM; httpd -f -p 80 & wait"]
          env: { MESSAGE: ${message} }
- type: docker:${TEST_IMAGE}
  id: store
  brooklyn.config:
    docker.container.volumes: ['data:/data']
    docker.image.commands: [sh, -c, "trap 'exit 0' TERM; sleep 600 & wait"]
`;

/** Each may have been done already, wholly or in part, by a process that was killed. */
const STAGES: readonly ((world: RealWorld, scenario: CrashScenario) => Promise<void>)[] = [
  async (world, scenario) => {
    const { engine } = world;
    await deployApplication(engine.context, USER, { text: text('one'), idempotencyKey: 'crash' });
    await converges(world, scenario, 2);
  },
  async (world, scenario) => {
    await resizeEntity(world.engine.context, USER, { entityId: cluster(world), size: 2 });
    await converges(world, scenario, 3);
  },
  async (world, scenario) => {
    await restartEntity(world.engine.context, USER, { entityId: cluster(world) });
    await converges(world, scenario, 3);
  },
  async (world, scenario) => {
    const [application] = world.open.store.view.all('application').values();
    const input = { applicationId: application?.id ?? ('' as never), text: text('two'), expectedGeneration: 1 };
    if (application?.generation === 1) await updateApplication(world.engine.context, USER, input);
    await converges(world, scenario, 3);
  },
  async (world, scenario) => {
    const [application] = world.open.store.view.all('application').values();
    const root = application && world.open.store.view.get('entity', application.rootId);
    if (application && root?.goal !== 'destroyed') {
      await deleteApplication(world.engine.context, USER, { applicationId: application.id, removeVolumes: true });
    }
    await world.until('everything is gone', () => world.open.store.view.all('application').size === 0);
    await containersAre(world, scenario, []);
    const volumes = await docker(scenario.engineSocketPath, [
      'volume',
      'ls',
      '--quiet',
      '--filter',
      `name=ckv-${world.engine.context.secrets.planeId}-`,
    ]);
    if (volumes !== '') throw new Error(`volumes are left: ${volumes}`);
  },
];

function cluster({ open }: RealWorld) {
  for (const entity of open.store.view.all('entity').values()) if (entity.size !== null) return entity.id;
  throw new Error('no cluster');
}

async function converges(world: RealWorld, scenario: CrashScenario, count: number): Promise<void> {
  const { view } = world.open.store;
  await world.until(`${count} containers run and no task is open`, () => {
    const entities = [...view.all('entity').values()];
    const rows = [...view.all('instance').values()];
    const tasks = [...view.all('task').values()];
    return (
      entities.every((entity) => entity.actual === 'RUNNING') &&
      rows.length === count &&
      rows.every((row) => row.state === 'running' && row.ready) &&
      tasks.every((task) => task.status !== 'running')
    );
  });
  await containersAre(
    world,
    scenario,
    [...view.all('instance').values()].map((row) => row.containerName),
  );
}

async function containersAre({ engine }: RealWorld, { engineSocketPath }: CrashScenario, names: readonly string[]): Promise<void> {
  const filter = `label=io.clocker.plane=${engine.context.secrets.planeId}`;
  const listed = await docker(engineSocketPath, ['ps', '--all', '--filter', filter, '--format', '{{.Names}} {{.State}}']);
  const expected = [...names]
    .sort()
    .map((name) => `${name} running`)
    .join('\n');
  const found = listed.split('\n').sort().join('\n');
  if (found !== expected) throw new Error(`expected\n${expected}\nfound\n${found}`);
}

async function main(): Promise<void> {
  const scenario: CrashScenario = JSON.parse(process.argv[2] ?? '{}');
  const marker = path.join(scenario.home, 'stage');
  const world = await openRealWorld(scenario);
  for (let stage = readStage(marker); stage < STAGES.length; stage += 1) {
    await STAGES[stage]?.(world, scenario);
    writeFileSync(marker, String(stage + 1));
  }
  await world.close();
}

function readStage(marker: string): number {
  try {
    return Number(readFileSync(marker, 'utf8'));
  } catch {
    // None is done yet.
    return 0;
  }
}

if (import.meta.main) {
  await main();
  process.exit(0);
}
