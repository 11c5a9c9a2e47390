import { type Adjunct, type AttachedAdjunct, attachedTo } from '../../domain/adjunct/adjunct.ts';
import type { Watch } from '../../domain/adjunct/behaviour.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { EntityId } from '../../domain/shared/ids.ts';
import type { GroupIndex } from '../group-index.ts';

export interface LiveAdjunct extends AttachedAdjunct {
  readonly entityId: EntityId;
}

/** The policies, enrichers, sensors and effectors of all entities, and who of them watches what. Answers without looking at all. */
export interface AdjunctIndex {
  /** Takes up what the entity has now. `added`: those that were not there before; `removed`: ids of those that are there no more. */
  put(entity: Entity, records: readonly Adjunct[]): { readonly added: readonly LiveAdjunct[]; readonly removed: readonly string[] };
  remove(entityId: EntityId): readonly string[];
  /** Takes up whose member an entity is, where it is a group. */
  group(entity: Entity, isThere: boolean): void;
  get(id: string): LiveAdjunct | undefined;
  of(entityId: EntityId): readonly LiveAdjunct[];
  /** Replaces what an adjunct watches beside its own entity. */
  watch(id: string, watches: readonly Watch[]): void;
  /** Ids of the adjuncts that look again when a sensor changes. */
  watchersOf(entity: Pick<Entity, 'id' | 'parentId' | 'slot'>, sensor: string): readonly string[];
  /** … when the goal, state or size of an entity changes, or it comes or goes. */
  followersOf(entity: Pick<Entity, 'id' | 'parentId' | 'slot'>): readonly string[];
  all(): Iterable<LiveAdjunct>;
}

const STATE = '\0state';
/** A watch of it sees every sensor. */
const ANY = '*';

/** Ids of adjuncts by the entity that they watch; lists are never changed: who is woken by one may watch something else at once. */
type Watchers = Map<string, readonly string[]>;

/** Who watches one sensor: there are few sensors and many entities. */
type SensorWatchers = Readonly<Record<Watch['of'], Watchers>>;

/** `groups`: those whose members are others than their children. */
export function createAdjunctIndex(groups?: GroupIndex): AdjunctIndex {
  const byId = new Map<string, LiveAdjunct>();
  const byEntity = new Map<EntityId, { readonly spec: Entity['spec']; readonly own: string; readonly adjuncts: readonly LiveAdjunct[] }>();
  const bySensor = new Map<string, SensorWatchers>();
  const watched = new Map<string, readonly Watch[]>();

  function unwatch({ id, entityId: own }: Pick<LiveAdjunct, 'id' | 'entityId'>): void {
    for (const { of, entityId = own, sensors } of watched.get(id) ?? []) {
      for (const sensor of [...sensors, STATE]) {
        const watchers = bySensor.get(sensor);
        const left = (watchers?.[of].get(entityId) ?? []).filter((other) => other !== id);
        if (left.length > 0) watchers?.[of].set(entityId, left);
        else watchers?.[of].delete(entityId);
        if (watchers && isEmpty(watchers)) bySensor.delete(sensor);
      }
    }
    watched.delete(id);
  }

  function drop(ids: Iterable<string>): void {
    for (const id of ids) {
      const adjunct = byId.get(id);
      if (adjunct) unwatch(adjunct);
      byId.delete(id);
    }
  }

  function seeing(entity: Pick<Entity, 'id' | 'parentId' | 'slot'>, sensor: string): readonly string[] {
    const watchers = bySensor.get(sensor);
    const ids = watchers === undefined ? NOBODY : idsOf(watchers, entity, groups);
    const any = sensor === STATE ? undefined : bySensor.get(ANY);
    return any === undefined ? ids : both(ids, idsOf(any, entity, groups));
  }

  return {
    put(entity, records) {
      const own = records.flatMap(({ key, spec }) => (spec === undefined ? [] : [key])).join('\0');
      const known = byEntity.get(entity.id);
      if (known && known.spec === entity.spec && known.own === own) return { added: [], removed: [] };
      const adjuncts = attachedTo(entity.id, entity.spec, records).map((each) => ({ ...each, entityId: entity.id }));
      const ids = new Set(adjuncts.map(({ id }) => id));
      const before = new Set(known?.adjuncts.map(({ id }) => id));
      const removed = [...before].filter((id) => !ids.has(id));
      drop(removed);
      for (const adjunct of adjuncts) byId.set(adjunct.id, adjunct);
      if (adjuncts.length > 0) byEntity.set(entity.id, { spec: entity.spec, own, adjuncts });
      else byEntity.delete(entity.id);
      return { added: adjuncts, removed };
    },
    remove(entityId) {
      const ids = (byEntity.get(entityId)?.adjuncts ?? []).map(({ id }) => id);
      drop(ids);
      byEntity.delete(entityId);
      return ids;
    },
    group: (entity, isThere) => groups?.put(entity, isThere),
    get: (id) => byId.get(id),
    of: (entityId) => byEntity.get(entityId)?.adjuncts ?? [],
    watch(id, watches) {
      const adjunct = byId.get(id);
      if (!adjunct || watched.get(id) === watches) return;
      unwatch(adjunct);
      watched.set(id, watches);
      for (const { of, entityId = adjunct.entityId, sensors } of watches) {
        for (const sensor of new Set([...sensors, STATE])) {
          const watchers = bySensor.get(sensor) ?? { entity: new Map(), members: new Map(), children: new Map() };
          bySensor.set(sensor, watchers);
          const ids = watchers[of].get(entityId) ?? NOBODY;
          if (!ids.includes(id)) watchers[of].set(entityId, [...ids, id]);
        }
      }
    },
    watchersOf: (entity, sensor) => seeing(entity, sensor),
    followersOf: (entity) => seeing(entity, STATE),
    all: () => byId.values(),
  };
}

const NOBODY: readonly string[] = [];

function idsOf(
  { entity, members, children }: SensorWatchers,
  { id, parentId, slot }: Pick<Entity, 'id' | 'parentId' | 'slot'>,
  groups: GroupIndex | undefined,
): readonly string[] {
  let ids = entity.get(id) ?? NOBODY;
  if (members.size > 0) for (const group of groups?.of(id) ?? NOBODY) ids = both(ids, members.get(group) ?? NOBODY);
  if (parentId === null) return ids;
  if (children.size > 0) ids = both(ids, children.get(parentId) ?? NOBODY);
  return slot === null || members.size === 0 ? ids : both(ids, members.get(parentId) ?? NOBODY);
}

function both(some: readonly string[], others: readonly string[]): readonly string[] {
  if (others.length === 0) return some;
  return some.length === 0 ? others : [...some, ...others];
}

function isEmpty({ entity, members, children }: SensorWatchers): boolean {
  return entity.size === 0 && members.size === 0 && children.size === 0;
}
