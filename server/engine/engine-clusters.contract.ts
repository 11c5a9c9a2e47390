import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId, EntityId } from '../domain/shared/ids.ts';
import { labDown } from '../plugins/hosts/lab/lab-down.ts';
import { dockerCloud } from '../testing/docker-cloud.ts';
import { type EmptyWorld, openEmptyWorld } from '../testing/empty-world.ts';
import { testLab } from '../testing/test-lab.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { invokeEffector } from './commands/invoke-effector.ts';

const MINUTES = 60_000;
const USER: TaskCause = { kind: 'user', by: 'ann' };
const { env, lab } = testLab('quarantinetest');
const CLOUD = dockerCloud({ location: 'quarantine-cloud', hosts: 1 });
const POOL = `
name: Pool
location: quarantine-cloud
services:
- type: org.apache.brooklyn.entity.group.DynamicCluster
  id: pool
  initialSize: 3
  initialQuorumSize: 2
  removalStrategy: oldest
  restartMode: sequential
  firstMemberSpec: { type: "docker:busybox:1.35", name: box, commands: [sh, -c, "echo I cannot; exit 3"] }
  memberSpec: { type: "docker:busybox:1.35", name: box, openPorts: [8080], commands: [httpd, -f, -p, "8080"] }
`;

const FABRIC = `
name: Everywhere
services:
- type: org.apache.brooklyn.entity.group.DynamicFabric
  id: fabric
  locations: [quarantine-cloud, "lab:(bare=true,memory=256m)"]
  memberSpec:
    type: vanilla-process
    name: Sleeper
    brooklyn.config:
      docker.image.name: busybox:1.35
      launch.command: sleep 1000 & echo $! > "$PID_FILE"
`;

let world: EmptyWorld;

async function until(wanted: () => void, timeout = 3 * MINUTES): Promise<void> {
  await vi.waitFor(wanted, { timeout, interval: 100 });
}

const entities = (applicationId: ApplicationId): readonly Entity[] => world.store.view.entitiesOf(applicationId);

async function containers(hostOf: Entity): Promise<readonly string[]> {
  const instance = [...world.store.view.all('instance').values()].find((one) => one.applicationId === hostOf.applicationId);
  if (!instance) throw new Error('no instance');
  return await world.engine.context.hosts.operate(instance.hostId, async ({ script }) => {
    const { stdout } = await script(
      `docker ps -a --filter label=io.clocker.application=${hostOf.applicationId} --format '{{.Label "io.clocker.entity"}} {{.State}}'`,
      {
        timeoutMs: 10_000,
      },
    );
    return stdout
      .trim()
      .split('\n')
      .filter((line) => line !== '');
  });
}

describe('a cluster on real hosts', () => {
  let pool: ApplicationId;
  const cluster = (): Entity => one(({ planId }) => planId === 'pool');
  const member = (slot: number): Entity => one((entity) => entity.slot === slot);
  const slots = (isKept: boolean): readonly (number | null)[] =>
    entities(pool).flatMap(({ slot, quarantine }) => (slot !== null && (quarantine !== undefined) === isKept ? [slot] : []));
  const invoke = async (entityId: EntityId, effector: string, parameters: unknown = {}): Promise<void> => {
    const { taskId } = await invokeEffector(world.engine.context, USER, { entityId, effector, parameters });
    await until(() => expect(world.store.view.get('task', taskId)).toMatchObject({ status: 'done' }));
  };

  function one(is: (entity: Entity) => boolean): Entity {
    const found = entities(pool).find(is);
    if (!found) throw new Error('no such entity');
    return found;
  }

  beforeAll(async () => {
    await labDown(lab);
    world = await openEmptyWorld({ env });
    const { applicationId } = await deployApplication(world.engine.context, USER, { text: CLOUD, location: 'lab:(memory=512m)' });
    await until(() => expect(entities(applicationId).every(({ actual }) => actual === 'RUNNING')).toBe(true), 6 * MINUTES);
  }, 10 * MINUTES);

  afterAll(async () => {
    await world.close();
    await labDown(lab);
  }, 5 * MINUTES);

  it(
    'keeps a member aside that ends again and again, its container with what it said, and starts by its quorum',
    async () => {
      const started = await deployApplication(world.engine.context, USER, { text: POOL });
      pool = started.applicationId;
      await until(() => expect([slots(true), slots(false), cluster().actual]).toEqual([[1], [2, 3], 'RUNNING']));
      await until(() => expect(world.store.view.get('task', started.taskId)?.status).toBe('done'));
      expect(member(1).quarantine?.reason).toMatch(/exit code 3[\s\S]*I cannot/);
      await until(() => expect(member(1).actual).toBe('STOPPED'));
      expect(await containers(cluster())).toContain(`${member(1).id} exited`);
      expect(cluster().size).toBe(2);
    },
    5 * MINUTES,
  );

  it(
    'restarts its members one after the other, at least one of them always up',
    async () => {
      let fewest = 2;
      const stop = world.store.subscribe(() => {
        const up = [2, 3].filter((slot) => member(slot).sensors['service.isUp'] === true);
        fewest = Math.min(fewest, up.length);
      });
      await invoke(cluster().id, 'restart');
      stop();
      expect([fewest, member(2).restartSerial, member(3).restartSerial]).toEqual([1, 1, 1]);
    },
    4 * MINUTES,
  );

  it(
    'gives up the member that its removal strategy names, and what it keeps when that is expunged',
    async () => {
      const [second, first] = [member(2).id, member(1).id];
      await invoke(cluster().id, 'resize', { desiredSize: 1 });
      await until(() => expect(slots(false)).toEqual([3]));
      await invoke(one(({ type }) => type === 'quarantine-group').id, 'expungeMembers');
      await until(() => expect(slots(true)).toEqual([]));
      expect((await containers(cluster())).filter((line) => line.startsWith(first) || line.startsWith(second))).toEqual([]);
    },
    4 * MINUTES,
  );

  it(
    'has a fabric beside it, with a member in the cloud and one on a machine without Docker',
    async () => {
      const { applicationId } = await deployApplication(world.engine.context, USER, { text: FABRIC });
      const states = (): readonly string[] => entities(applicationId).map(({ name, actual }) => `${name} ${actual}`);
      await until(() => expect(states().filter((state) => !state.endsWith(' RUNNING'))).toEqual([]), 4 * MINUTES);
      const hosts = entities(applicationId).flatMap(({ instanceId }) => {
        const instance = instanceId ? world.store.view.get('instance', instanceId) : undefined;
        const host = instance && world.store.view.get('host', instance.hostId);
        return host ? [[host.cloudId === null, instance.spec.process?.place.kind]] : [];
      });
      expect(hosts).toEqual([
        [false, 'container'],
        [true, 'machine'],
      ]);
    },
    5 * MINUTES,
  );
});
