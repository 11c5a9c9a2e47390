import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { Instance } from '../domain/entity/instance.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { buildAppImages } from '../plugins/hosts/lab/build-images.ts';
import { APP_IMAGES } from '../plugins/hosts/lab/image-catalog.ts';
import { labDown } from '../plugins/hosts/lab/lab-down.ts';
import { dockerCloud } from '../testing/docker-cloud.ts';
import { type EmptyWorld, openEmptyWorld } from '../testing/empty-world.ts';
import { SAMPLED_STORES } from '../testing/sampled-stores.ts';
import { testLab } from '../testing/test-lab.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { resizeEntity } from './commands/entity-effectors.ts';
import { requirePlace, runWhereItRuns } from './feeds/run-where-it-runs.ts';

const MINUTES = 60_000;
const USER: TaskCause = { kind: 'user', by: 'ann' };
const { env, lab } = testLab('etcdtest');
const PLACE = 'etcd-cloud';
const IN_CONTAINERS = SAMPLED_STORES.includes('etcd in containers');
const ON_MACHINES = SAMPLED_STORES.includes('etcd');

const cluster = (location: string, size: number): string => `
name: Agreement
location: ${location}
services:
- type: io.brooklyn.entity.nosql.etcd.EtcdCluster
  id: etcd
  brooklyn.config:
    cluster.initial.size: ${size}
    etcd.cluster.name: test
    docker.container.strategies: [{ $brooklyn:object: { type: breadth-first } }]
`;

let world: EmptyWorld;
let application: ApplicationId;

async function until(wanted: () => unknown, timeout = 3 * MINUTES): Promise<void> {
  await vi.waitFor(wanted, { timeout, interval: 200 });
}

async function running(): Promise<void> {
  await until(() => {
    const states = world.store.view.entitiesOf(application).map(({ name, actual, waitingFor, problems }) => {
      return [name, actual, waitingFor ?? '', ...Object.values(problems)].join(' ').trim();
    });
    expect(states.filter((state) => !state.endsWith(' RUNNING'))).toEqual([]);
  }, 8 * MINUTES);
}

async function deploy(text: string, location?: string): Promise<void> {
  const given = location === undefined ? { text } : { text, location };
  application = (await deployApplication(world.engine.context, USER, given)).applicationId;
  await running();
}

function whole(): Entity {
  const found = world.store.view.entitiesOf(application).find(({ planId }) => planId === 'etcd');
  if (!found) throw new Error('no cluster');
  return found;
}

const members = (): readonly Entity[] =>
  world.store.view.childrenOf(whole().id).filter(({ slot, goal }) => slot !== null && goal === 'running');

function member(index: number): Entity {
  const found = members()[index];
  if (!found) throw new Error(`no member ${index}`);
  return found;
}

function instanceOf({ instanceId }: Entity): Instance {
  const found = world.store.view.get('instance', instanceId ?? '');
  if (!found) throw new Error('no instance');
  return found;
}

/** etcd's JSON gateway, at where a node says that clients reach it. */
async function ask(node: Entity, path: string, body: object): Promise<Readonly<Record<string, unknown>>> {
  const answer = await fetch(new URL(`v3/${path}`, String(node.sensors['etcd.url'])), {
    method: 'POST',
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return await answer.json();
}

/** Asked again while the nodes choose another leader. */
const put = (node: Entity, key: string, value: string) => until(() => ask(node, 'kv/put', { key: btoa(key), value: btoa(value) }), MINUTES);

async function get(node: Entity, key: string): Promise<string | null> {
  const { kvs = [] } = (await ask(node, 'kv/range', { key: btoa(key) })) as { readonly kvs?: readonly { readonly value: string }[] };
  return kvs[0] === undefined ? null : atob(kvs[0].value);
}

/** Its nodes are exactly its members, as a node of it tells. */
async function agreed(node: Entity): Promise<void> {
  await until(async () => {
    const { members: nodes } = (await ask(node, 'cluster/member/list', {})) as { readonly members: readonly { readonly name?: string }[] };
    expect(nodes.map(({ name }) => name).sort()).toEqual(
      members()
        .map(({ id }) => id)
        .sort(),
    );
  });
}

async function resize(size: number): Promise<void> {
  await resizeEntity(world.engine.context, USER, { entityId: whole().id, size });
  await until(() => expect(world.store.view.childrenOf(whole().id)).toHaveLength(size));
  await running();
}

async function inPlace(node: Entity, script: string): Promise<string> {
  const place = requirePlace(world.engine.context, node);
  const { stdout } = await runWhereItRuns(place, { script, env: {} }, { timeoutMs: 30_000 });
  return stdout.trim();
}

/** What members had that went before stays, as of any cluster that is made smaller; all else goes. */
async function remove(): Promise<void> {
  const owners = () => [...world.store.view.all('volume').values()].map(({ entityId }) => entityId);
  const gone = owners().filter((id) => world.store.view.get('entity', id) === undefined);
  await deleteApplication(world.engine.context, USER, { applicationId: application, removeVolumes: true });
  await until(() => expect(world.store.view.get('application', application)).toBeUndefined());
  expect(owners()).toEqual(gone);
}

describe.skipIf(!IN_CONTAINERS && !ON_MACHINES)('an etcd cluster on real hosts', () => {
  beforeAll(async () => {
    await labDown(lab);
    world = await openEmptyWorld({ env });
    if (!IN_CONTAINERS) return;
    const debian = APP_IMAGES.filter(({ repository }) => repository === 'debian');
    await buildAppImages(lab, debian, 'changed');
    await deploy(dockerCloud({ location: PLACE, hosts: 2 }), 'lab:(memory=1g)');
  }, 10 * MINUTES);

  afterAll(async () => {
    await world.close();
    await labDown(lab);
  }, 5 * MINUTES);

  it.skipIf(!IN_CONTAINERS)(
    'in containers of two hosts has what was written on every node, mends one that is killed, and grows and shrinks without loss',
    async () => {
      await deploy(cluster(PLACE, 3));
      expect(new Set(members().map((node) => instanceOf(node).hostId)).size).toBe(2);
      await agreed(member(0));
      await put(member(0), 'a', 'one');
      expect(await Promise.all(members().map((node) => get(node, 'a')))).toEqual(['one', 'one', 'one']);
      await until(() => {
        const { sensors } = whole();
        const urls = members().map((node) => node.sensors['etcd.url']);
        const leaders = world.engine.context.metrics.heard(whole().id, 'etcd.cluster.leaders')?.value;
        expect([sensors['etcd.cluster.name'], sensors['etcd.cluster.nodeList'], leaders]).toEqual(['test', urls.join(','), 1]);
      });

      // The one that began it, killed: first its process, then its container.
      const { pid } = instanceOf(member(0)).process ?? {};
      expect(pid).toBeGreaterThan(1);
      await inPlace(member(0), `kill -KILL ${pid}`);
      await put(member(1), 'b', 'while one was away');
      await until(() =>
        expect(instanceOf(member(0))).toMatchObject({ ready: true, process: { pid: expect.not.toSatisfy((is) => is === pid) } }),
      );
      expect(await get(member(0), 'b')).toBe('while one was away');
      const { hostId, containerName, startedAt } = instanceOf(member(0));
      await world.engine.context.hosts.operate(hostId, ({ script }) => script(`docker kill '${containerName}'`, { timeoutMs: 20_000 }));
      await until(() =>
        expect(instanceOf(member(0))).toMatchObject({ ready: true, startedAt: expect.not.toSatisfy((is) => is === startedAt) }),
      );
      expect(await get(member(0), 'a')).toBe('one');
      await running();

      await resize(4);
      await agreed(member(3));
      expect(await get(member(3), 'b')).toBe('while one was away');
      await put(member(3), 'c', 'of four');
      await resize(2);
      await agreed(member(1));
      await put(member(1), 'd', 'of two');
      expect(await Promise.all(['a', 'b', 'c', 'd'].map((key) => get(member(0), key)))).toEqual([
        ...['one', 'while one was away'],
        ...['of four', 'of two'],
      ]);
      await remove();
    },
    15 * MINUTES,
  );

  it.skipIf(!ON_MACHINES)(
    'on machines without Docker has what was written on each, and one that goes leaves the other with all of it',
    async () => {
      await deploy(cluster('lab:(bare=true,memory=256m)', 2));
      await agreed(member(0));
      await put(member(0), 'a', 'one');
      expect(await get(member(1), 'a')).toBe('one');
      // One process, and not Debian’s service beside it.
      expect(await inPlace(member(0), 'ps -o user= -C etcd')).toBe('etcd');
      await resize(1);
      await agreed(member(0));
      await put(member(0), 'b', 'alone');
      expect(await Promise.all([get(member(0), 'a'), get(member(0), 'b')])).toEqual(['one', 'alone']);
      await remove();
    },
    12 * MINUTES,
  );
});
