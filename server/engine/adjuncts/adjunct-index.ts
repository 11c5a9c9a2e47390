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

/** Ids of adjuncts by sensor; lists are never changed: who is woken by one may watch something else at once. */
type Watchers = Map<string, readonly string[]>;

/** `groups`: those whose members are others than their children. */
export function createAdjunctIndex(groups?: GroupIndex): AdjunctIndex {
  const byId = new Map<string, LiveAdjunct>();
  const byEntity = new Map<EntityId, { readonly spec: Entity['spec']; readonly own: string; readonly adjuncts: readonly LiveAdjunct[] }>();
  const watchers = { entity: new Map<string, Watchers>(), members: new Map<string, Watchers>(), children: new Map<string, Watchers>() };
  const watched = new Map<string, readonly Watch[]>();

  function unwatch({ id, entityId: own }: Pick<LiveAdjunct, 'id' | 'entityId'>): void {
    for (const { of, entityId = own, sensors } of watched.get(id) ?? []) {
      const bySensor = watchers[of].get(entityId);
      for (const sensor of [...sensors, STATE]) {
        const left = (bySensor?.get(sensor) ?? []).filter((other) => other !== id);
        if (left.length === 0) bySensor?.delete(sensor);
        else bySensor?.set(sensor, left);
      }
      if (bySensor?.size === 0) watchers[of].delete(entityId);
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

  function seeing({ id, parentId, slot }: Pick<Entity, 'id' | 'parentId' | 'slot'>, sensor: string): readonly string[] {
    let own = idsOf(watchers.entity.get(id), sensor, NOBODY);
    for (const group of groups?.of(id) ?? NOBODY) own = idsOf(watchers.members.get(group), sensor, own);
    if (parentId === null) return own;
    const sibling = idsOf(watchers.children.get(parentId), sensor, own);
    return slot === null ? sibling : idsOf(watchers.members.get(parentId), sensor, sibling);
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
        const bySensor = watchers[of].get(entityId) ?? new Map<string, readonly string[]>();
        watchers[of].set(entityId, bySensor);
        for (const sensor of new Set([...sensors, STATE])) {
          const ids = bySensor.get(sensor) ?? [];
          if (!ids.includes(id)) bySensor.set(sensor, [...ids, id]);
        }
      }
    },
    watchersOf: (entity, sensor) => seeing(entity, sensor),
    followersOf: (entity) => seeing(entity, STATE),
    all: () => byId.values(),
  };
}

const NOBODY: readonly string[] = [];

function idsOf(watchers: Watchers | undefined, sensor: string, others: readonly string[]): readonly string[] {
  if (watchers === undefined) return others;
  const ids = watchers.get(sensor);
  const any = sensor === STATE ? undefined : watchers.get(ANY);
  if (any !== undefined) return [...others, ...(ids ?? []), ...any];
  if (ids === undefined) return others;
  return others.length === 0 ? ids : [...others, ...ids];
}
