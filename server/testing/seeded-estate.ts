import type { ConfigMap } from '../domain/blueprint/config-value.ts';
import { BARE_CONTAINER } from '../domain/entity/container-spec.ts';
import type { Entity } from '../domain/entity/entity.ts';
import type { EntitySpec } from '../domain/entity/entity-spec.ts';
import { DEFAULT_PORT_POOL, type HostFacts } from '../domain/entity/host.ts';
import type { Records } from '../domain/shared/records.ts';
import type { EngineContext } from '../engine/engine-context.ts';
import type { Draft, Store } from '../ports/store.ts';
import { aHost, anEntity, anInstance } from './records.ts';

const PER_HOST = 32;
const PER_APPLICATION = 20;
const CLOUD_ID = 'CLOUD';

/** So many containers as they are in the store of a plane that runs them: each application has a load balancer, a database and web servers. */
export async function putEstate(store: Store, containers: number): Promise<void> {
  await store.commit((draft) => {
    draft.put('cloud', {
      ...{ id: CLOUD_ID, name: 'estate', strategies: [], portPool: DEFAULT_PORT_POOL, placements: containers, createdAt: 1 },
    } as unknown as Records['cloud']);
    for (let n = 0; n < Math.ceil(containers / PER_HOST); n += 1) draft.put('host', hostOf(n));
    for (let n = 0; n < Math.ceil(containers / PER_APPLICATION); n += 1) putApplication(draft, n);
    for (let n = 0; n < containers; n += 1) putContainer(draft, n);
  });
}

/**
 * `share` of the containers tell new numbers, and their records are written: a sensor of each, and of one in twenty the state. Others
 * in each round.
 */
export async function updateEstate(
  { store, metrics }: Pick<EngineContext, 'store' | 'metrics'>,
  { share, round }: { readonly share: number; readonly round: number },
): Promise<void> {
  const count = store.view.all('instance').size;
  const some = Math.round(count * share);
  const first = (round * some) % count;
  await store.commit((draft) => {
    for (let n = first; n < first + some; n += 1) {
      const entity = draft.get('entity', idOf('E', n % count));
      if (entity) draft.put('entity', updated(entity, n, round));
    }
  });
  for (let n = first; n < first + some; n += 1) {
    const values = { 'docker.container.cpu': ((n + round) % 100) / 100, 'docker.container.memory': (20 + ((n * round) % 400)) * 1_048_576 };
    metrics.record(idOf('E', n % count), Date.now(), values);
  }
}

function updated(entity: Entity, n: number, round: number): Entity {
  const sensors = { ...entity.sensors, 'webapp.reqs.total': n + round * 100 };
  if (n % 20 !== 0) return { ...entity, sensors };
  return { ...entity, sensors, actual: entity.actual === 'RUNNING' ? 'STARTING' : 'RUNNING' };
}

function hostOf(n: number): Records['host'] {
  const facts: Partial<HostFacts> = {
    ...{ os: 'Debian GNU/Linux 13', kernel: '6.12.48', architecture: 'x86_64', engineVersion: '28.5.1' },
    ...{ storageDriver: 'overlay2', cgroupVersion: '2', cpus: 16, memoryBytes: 64 * 2 ** 30 },
  };
  const name = `host-${String(n + 1).padStart(3, '0')}`;
  const address = `10.${20 + (n >> 8)}.${n & 255}.10`;
  return aHost({ id: idOf('H', n), cloudId: CLOUD_ID, name, address, order: n, since: Date.now(), facts: facts as HostFacts });
}

function putApplication(draft: Draft, n: number): void {
  const [id, rootId] = [idOf('A', n), idOf('R', n)];
  const name = `shop-${n + 1}`;
  draft.put('application', {
    ...{ id, name, rootId, generation: 1, location: 'estate', createdAt: Date.now(), createdBy: 'ada', rolloutId: null },
  } as unknown as Records['application']);
  const web = specOf({ type: 'cluster', name: 'web', path: 'web' });
  const root = specOf({ type: 'application', name, path: '.' });
  const plan = {
    ...root,
    children: [specOf({ type: 'haproxy', name: 'lb', path: 'lb' }), specOf({ type: 'mariadb', name: 'db', path: 'db' }), web],
  };
  draft.put('entity', { ...running({ id: rootId, applicationId: id, type: 'application', name, path: '.' }), spec: root });
  draft.put('entity', {
    ...running({ id: idOf('W', n), applicationId: id, parentId: rootId, type: 'cluster', name: 'web', planId: 'web', path: 'web' }),
    spec: web,
    size: PER_APPLICATION - 2,
  });
  const told = { createdAt: Date.now(), createdBy: 'ada', reason: 'deploy' as const };
  draft.put('generation', { id: `${id}:1`, applicationId: id, number: 1, text: SHOP, plan, ...told } as unknown as Records['generation']);
}

const SHOP = `services:
- { type: haproxy, id: lb, target: $brooklyn:component("web") }
- { type: mariadb, id: db }
- type: cluster
  id: web
  memberSpec:
    type: docker:ghcr.io/example/shop-web:4.2.1
    database: $brooklyn:component("db").attributeWhenReady("datastore.url")
`;

function specOf({ type, name, path }: Pick<EntitySpec, 'type' | 'name' | 'path'>): EntitySpec {
  return { type, name, planId: path === '.' ? null : name, path, location: null, config: {}, children: [], memberSpec: null };
}

function putContainer(draft: Draft, n: number): void {
  const application = Math.floor(n / PER_APPLICATION);
  const place = n % PER_APPLICATION;
  const kind = place === 0 ? 'lb' : place === 1 ? 'db' : 'web';
  const [id, instanceId, applicationId, hostId] = [idOf('E', n), idOf('I', n), idOf('A', application), idOf('H', Math.floor(n / PER_HOST))];
  const image = { lb: 'haproxy:3.2', db: 'mariadb:11', web: 'ghcr.io/example/shop-web:4.2.1' }[kind];
  const isMember = kind === 'web';
  const name = isMember ? `web-${place - 1}` : kind;
  const config: ConfigMap = {
    ...{ 'container.image': image, 'container.memory': '256m', env: { LOG_LEVEL: 'info', REGION: 'east' } },
    ...(kind === 'lb' ? { targets: reference('web', 'group.members') } : isMember ? { database: reference('db', 'datastore.url') } : {}),
  };
  const sensors = {
    ...{
      'service.isUp': true,
      'host.address': '10.20.0.10',
      'docker.container.id': 'f'.repeat(64),
      'docker.container.name': `ck-estate-${id}`,
    },
    ...{ 'docker.image.name': image, 'webapp.reqs.total': n, 'main.uri': `http://10.20.0.10:${20_000 + (n % 9_999)}/` },
  };
  const spec = {
    type: 'container',
    name,
    planId: isMember ? null : kind,
    path: name,
    location: null,
    config,
    children: [],
    memberSpec: null,
  };
  const parentId = isMember ? idOf('W', application) : idOf('R', application);
  draft.put('entity', {
    ...running({ id, applicationId, parentId, name, planId: spec.planId, path: name, slot: isMember ? place - 1 : null, instanceId }),
    ...{ spec, sensors },
  });
  const ports = [{ container: 8_080, host: 20_000 + (n % PER_HOST), protocol: 'tcp' as const }];
  const container = { ...BARE_CONTAINER, image, env: { LOG_LEVEL: 'info', REGION: 'east' }, memoryBytes: 256 * 2 ** 20 };
  const own = { id: instanceId, applicationId, entityId: id, hostId, spec: container, state: 'running' as const, ready: true };
  draft.put('instance', anInstance({ ...own, ports, containerId: 'f'.repeat(64), startedAt: 1, specHash: 'a'.repeat(64) }));
}

function reference(planId: string, sensor: string) {
  const calls = [
    { name: 'component', args: [planId] },
    { name: 'attributeWhenReady', args: [sensor] },
  ];
  return { $dsl: { text: `component("${planId}").attributeWhenReady("${sensor}")`, calls } };
}

function running(fields: Parameters<typeof anEntity>[0]): Entity {
  return anEntity({ expected: { state: 'RUNNING', at: 1 }, actual: 'RUNNING', size: null, ...fields });
}

/** Sorts by number. */
function idOf(kind: string, n: number): string {
  return `${kind}${String(n).padStart(6, '0')}`;
}
