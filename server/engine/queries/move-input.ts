import type { Cloud, Host } from '../../domain/entity/host.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import type { PlacedEntity } from '../../domain/placement/move-board.ts';
import type { ProposalInput } from '../../domain/placement/propose-moves.ts';
import { USAGE_SENSOR } from '../../domain/sensor/usage-between.ts';
import type { EntityId, HostId } from '../../domain/shared/ids.ts';
import type { StoreView } from '../../ports/store.ts';
import type { ConfigSource } from '../config-of.ts';
import { createHomes } from '../controllers/entity-homes.ts';
import { kindOf } from '../controllers/placement-decide.ts';
import { createHostBoard, type HostBoard } from '../controllers/placement-hosts.ts';
import { ownStrategies, toHostViewWith, toRequest } from '../controllers/placement-views.ts';
import type { EngineContext } from '../engine-context.ts';
import { type DrainedEntity, leavingOf } from './drain-preview.ts';

export interface MoveInput extends Omit<ProposalInput, 'limit' | 'mostMeasured'> {
  /** Why an entity with a container in the cloud is not moved. */
  readonly staying: ReadonlyMap<EntityId, string>;
}

interface Reading {
  readonly context: EngineContext;
  readonly view: StoreView;
  readonly cloud: Cloud;
  readonly board: HostBoard;
}

interface Found extends DrainedEntity {
  /** Where it is, or is about to be. */
  readonly hostId: HostId;
}

/**
 * A cloud as proposals see it: each entity where it is, or where it is about to be moved to, without the containers that others have taken the
 * place of.
 */
export function moveInput(context: EngineContext, view: StoreView, cloud: Cloud): MoveInput {
  const hosts = view.hostsOf(cloud.id);
  const source: ConfigSource = { view, types: context.plugins.entityTypes };
  const homes = createHomes(source);
  const board = createHostBoard(context, view, cloud);
  const found = hosts.flatMap((host) =>
    leavingOf(source, homes, host).map((one): Found => {
      const { moveTo } = one.entity;
      return { ...one, hostId: moveTo !== undefined && board.has(moveTo) ? moveTo : host.id };
    }),
  );
  const reading: Reading = { context, view, cloud, board };
  const placed: PlacedEntity[] = [];
  const staying = new Map<EntityId, string>();
  for (const one of found) {
    const asked = toPlaced(reading, one);
    placed.push(asked.placed);
    const why = asked.problem ?? whyStays(view, one);
    if (why !== null) staying.set(one.entity.id, why);
  }
  const byId = new Map(found.map((one) => [one.entity.id, one]));
  return {
    hosts: toHosts(reading, hosts, found),
    placed,
    groups: groupsOf(reading, found, staying),
    staying,
    held: new Set(hosts.flatMap(({ id, cordoned }) => (cordoned ? [id] : []))),
    refusalOf(hostId, entityId) {
      const one = byId.get(entityId);
      return one ? board.refusalOn(hostId, one.entity, one.instance.spec) : null;
    },
    context: { sequence: board.sequence, lastHostOrder: board.lastHostOrder },
  };
}

function toHosts({ context, view }: Reading, hosts: readonly Host[], found: readonly Found[]): ProposalInput['hosts'] {
  const instances = new Map<HostId, Instance[]>(hosts.map(({ id }) => [id, []]));
  for (const { hostId, instance } of found) instances.get(hostId)?.push(instance);
  return hosts.map((host) => toHostViewWith(context, view, { host, instances: instances.get(host.id) ?? [] }));
}

function toPlaced(
  { context, view, cloud, board }: Reading,
  { entity, instance, hostId }: Found,
): { readonly placed: PlacedEntity; readonly problem: string | null } {
  const { spec } = instance;
  const own = ownStrategies(context, view, entity);
  const resolved = board.resolve([...cloud.strategies, ...own]);
  const request = toRequest(context, view, { entity, spec, boundTo: null, home: undefined });
  const { [USAGE_SENSOR.containerCpu]: cpus = null, [USAGE_SENSOR.containerMemory]: memoryBytes = null } = context.metrics.latest(
    entity.id,
  );
  const strategies = resolved.ok ? resolved.strategies : [];
  const placed = { request, strategies, kind: kindOf({ request }, spec, own), hostId, usage: { cpus, memoryBytes } };
  return { placed, problem: resolved.ok ? null : resolved.message };
}

/** Null where it may be moved now. */
function whyStays(view: StoreView, { entity, instance, verdict }: Found): string | null {
  if (!verdict.leaves) return verdict.why;
  if (entity.moveFrom !== undefined) return 'is being moved already';
  // A person may still move it: that is then meant.
  if (instance.adopted !== undefined) return 'was adopted, and what it has written into itself is nowhere else';
  const isUp = entity.goal === 'running' && entity.actual === 'RUNNING' && instance.state === 'running' && instance.ready;
  if (!isUp) return 'is not up';
  const host = view.get('host', instance.hostId);
  if (host?.maintenance) return `is on ${host.name}, which is in maintenance`;
  if (host?.drain) return `is on ${host.name}, which is being drained`;
  if (host?.state !== 'ready') return `is on ${host?.name ?? 'a host'}, which is ${host?.state ?? 'gone'}`;
  const rollout = view.get('rollout', view.get('application', entity.applicationId)?.rolloutId ?? '');
  return rollout?.endedAt === null ? 'is of an application that is being updated' : null;
}

/** None of which a member stays or is elsewhere. Those go first that others serve for meanwhile, and whose address few go by. */
function groupsOf({ context }: Reading, found: readonly Found[], staying: Map<EntityId, string>): readonly (readonly EntityId[])[] {
  const rankOf = ({ entity }: Found): number => {
    if (context.plugins.entityTypes.get(entity.type)?.live !== undefined) return 2;
    return entity.slot === null ? 1 : 0;
  };
  const byId = new Map(found.map((one) => [one.entity.id, one]));
  const seen = new Set<EntityId>();
  const groups: EntityId[][] = [];
  for (const { entity, group, hostId } of [...found].sort((a, b) => rankOf(a) - rankOf(b) || (a.entity.id < b.entity.id ? -1 : 1))) {
    if (seen.has(entity.id)) continue;
    const ids = [entity.id, ...group].filter((id) => byId.has(id));
    for (const id of ids) seen.add(id);
    const held = ids.find((id) => staying.has(id));
    const apart = ids.find((id) => byId.get(id)?.hostId !== hostId);
    if (held === undefined && apart === undefined) {
      groups.push(ids);
      continue;
    }
    const name = (id: EntityId): string => byId.get(id)?.entity.name ?? id;
    for (const id of ids) {
      if (staying.has(id)) continue;
      const why = held === undefined ? `is not with ${name(apart ?? id)} yet` : `has to be with ${name(held)}: ${staying.get(held)}`;
      staying.set(id, why);
    }
  }
  return groups;
}
