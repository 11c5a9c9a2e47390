import type { SimulatedContainer, SimulatedMachine } from '../adapters/simulated/simulated-machine.ts';
import type { Application } from '../domain/entity/application.ts';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import { isClockerError } from '../domain/shared/clocker-error.ts';
import { deleteApplication } from '../engine/commands/delete-application.ts';
import { deployApplication } from '../engine/commands/deploy-application.ts';
import { resizeEntity, restartEntity, startEntity, stopEntity } from '../engine/commands/entity-effectors.ts';
import { attachNetwork, detachNetwork } from '../engine/commands/networks/attach-network.ts';
import { updateApplication } from '../engine/commands/update-application.ts';
import { jobBlueprint, networkedBlueprint, shopBlueprint, soloBlueprint, storageBlueprint } from './engine-blueprints.ts';
import type { EngineFixture } from './engine-fixture.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };

export interface Schedule {
  /** What was done, for the message of a test that fails. */
  readonly story: string[];
}

/** Acts of users, hosts, networks and crashes at moments that the seed decides. Ends with every fault over, but not yet healed. */
export async function runSchedule(fixture: EngineFixture, acts: number): Promise<Schedule> {
  const story: string[] = [];
  const world: World = { fixture, story, random: fixture.random };
  for (const machine of fixture.machines) machine.faults = randomFaults(fixture.random);
  await deploySomething(world);
  for (let count = 0; count < acts; count += 1) {
    const act = pick(world, ACTS);
    story.push(act.name);
    await tolerate(() => act(world));
    await waitSomewhat(world);
  }
  for (const machine of fixture.machines) {
    machine.faults = undefined;
    machine.setReachable(true);
  }
  return { story };
}

interface World {
  readonly fixture: EngineFixture;
  readonly story: string[];
  readonly random: () => number;
}

type Act = (world: World) => Promise<void>;

const ACTS: readonly Act[] = [
  crash,
  crash,
  crash,
  killContainer,
  killContainer,
  removeContainer,
  cutHost,
  restoreHost,
  restoreHost,
  breakStream,
  resize,
  resize,
  stop,
  start,
  restart,
  update,
  update,
  attach,
  detach,
  deploySomething,
  destroy,
];

async function crash({ fixture }: World): Promise<void> {
  await fixture.crash();
}

async function killContainer(world: World): Promise<void> {
  const victim = ourContainer(world);
  victim?.machine.end(victim.container, 137);
}

async function removeContainer(world: World): Promise<void> {
  const victim = ourContainer(world);
  victim?.machine.remove(victim.container);
}

async function cutHost(world: World): Promise<void> {
  pick(world, world.fixture.machines).setReachable(false);
}

async function restoreHost({ fixture }: World): Promise<void> {
  for (const machine of fixture.machines) machine.setReachable(true);
}

async function breakStream(world: World): Promise<void> {
  pick(world, world.fixture.machines).breakStreams();
}

async function deploySomething(world: World): Promise<void> {
  const { fixture, random } = world;
  const texts = [
    shopBlueprint({ size: 1 + Math.floor(random() * 3) }),
    soloBlueprint(),
    storageBlueprint(),
    networkedBlueprint(),
    jobBlueprint(),
  ];
  if (fixture.store.view.all('application').size >= 3) return;
  await deployApplication(fixture.engine.context, USER, { text: pick(world, texts), idempotencyKey: String(random()) });
}

async function resize(world: World): Promise<void> {
  const { fixture } = world;
  const clusters = [...fixture.store.view.all('entity').values()].filter((entity) => entity.size !== null);
  const [cluster] = clusters;
  if (cluster) await resizeEntity(fixture.engine.context, USER, { entityId: cluster.id, size: Math.floor(world.random() * 5) });
}

async function stop(world: World): Promise<void> {
  const application = anyApplication(world);
  if (application) await stopEntity(world.fixture.engine.context, USER, { entityId: application.rootId });
}

async function start(world: World): Promise<void> {
  const application = anyApplication(world);
  if (application) await startEntity(world.fixture.engine.context, USER, { entityId: application.rootId });
}

async function restart(world: World): Promise<void> {
  const application = anyApplication(world);
  if (application) await restartEntity(world.fixture.engine.context, USER, { entityId: application.rootId });
}

async function attach(world: World): Promise<void> {
  const entity = meshed(world);
  if (entity) await attachNetwork(world.fixture.engine.context, { entityId: entity.id, network: pick(world, ['front', 'back']) });
}

async function detach(world: World): Promise<void> {
  const entity = meshed(world);
  if (entity) await detachNetwork(world.fixture.engine.context, { entityId: entity.id, network: pick(world, ['front', 'back']) });
}

/** Something of the application that has two networks, its cluster among it. */
function meshed(world: World): Entity | undefined {
  const entities = [...world.fixture.store.view.all('entity').values()].filter(
    ({ planId }) => planId === 'web' || planId === 'api' || planId === 'cache',
  );
  return entities.length === 0 ? undefined : pick(world, entities);
}

async function update(world: World): Promise<void> {
  const application = anyApplication(world);
  if (!application) return;
  const version = 1 + Math.floor(world.random() * 3);
  const order = world.random() < 0.5 ? 'start-first' : 'stop-first';
  const text =
    application.name === 'shop'
      ? shopBlueprint({ image: `nginx:${version}`, memory: `${64 * version}m`, update: `update: { order: ${order} }` })
      : application.name === 'solo'
        ? soloBlueprint({ image: `redis:${version}` })
        : application.name === 'mesh'
          ? networkedBlueprint({ back: version === 1 ? 'internal: true' : `subnet: 172.2${version}.${numberOf(application)}.0/24` })
          : application.name === 'jobs'
            ? jobBlueprint({ round: version })
            : storageBlueprint();
  const expectedGeneration = application.generation;
  await updateApplication(world.fixture.engine.context, USER, { applicationId: application.id, text, expectedGeneration });
}

async function destroy(world: World): Promise<void> {
  const application = anyApplication(world);
  if (!application || world.random() < 0.5) return;
  await deleteApplication(world.fixture.engine.context, USER, { applicationId: application.id, removeVolumes: world.random() < 0.5 });
}

/** Mostly less than a step takes, so that the next act falls into the middle of things. */
async function waitSomewhat({ fixture, random }: World): Promise<void> {
  const kind = random();
  if (kind < 0.6) await fixture.clock.settle(1 + Math.floor(random() * 12));
  else if (kind < 0.9) await fixture.pass(Math.floor(random() * 3_000));
  else await fixture.pass(Math.floor(random() * 40_000));
}

/** A command may be refused, and one that a crash cut off is never answered. */
async function tolerate(act: () => Promise<void>): Promise<void> {
  const acting = act().catch((error: unknown) => {
    if (!isClockerError(error)) throw error;
  });
  let turns = 0;
  const given = new Promise<void>((resolve) => {
    const wait = (): void => {
      turns += 1;
      if (turns > 200) resolve();
      else setImmediate(wait);
    };
    wait();
  });
  await Promise.race([acting, given]);
}

/** Two applications with one subnet could not be on one host. */
function numberOf({ id }: Application): number {
  return Number.parseInt(id.slice(-2), 32) % 250;
}

function anyApplication(world: World): Application | undefined {
  const applications = [...world.fixture.store.view.all('application').values()];
  return applications.length === 0 ? undefined : pick(world, applications);
}

function ourContainer(world: World): { readonly machine: SimulatedMachine; readonly container: SimulatedContainer } | undefined {
  const all = world.fixture.machines.flatMap((machine) =>
    [...machine.containers.values()].filter((one) => one.name.startsWith('ck-plane1-')).map((container) => ({ machine, container })),
  );
  return all.length === 0 ? undefined : pick(world, all);
}

function pick<T>({ random }: Pick<World, 'random'>, choices: readonly T[]): T {
  return choices[Math.floor(random() * choices.length)] as T;
}

function randomFaults(random: () => number): SimulatedMachine['faults'] {
  return {
    onCall() {
      const luck = random();
      return luck < 0.03 ? 'lost-before' : luck < 0.06 ? 'lost-after' : 'none';
    },
    copiesOfEvent() {
      const luck = random();
      return luck < 0.1 ? 0 : luck < 0.2 ? 2 : 1;
    },
  };
}
