import { type Adjunct, type AttachedAdjunct, attachedTo } from '../../domain/adjunct/adjunct.ts';
import type { Watch } from '../../domain/adjunct/behaviour.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { EntityId } from '../../domain/shared/ids.ts';

export interface LiveAdjunct extends AttachedAdjunct {
  readonly entityId: EntityId;
}

/** The policies, enrichers, sensors and effectors of all entities, and who of them watches what. Answers without looking at all. */
export interface AdjunctIndex {
  /** Takes up what the entity has now. `added`: those that were not there before; `removed`: ids of those that are there no more. */
  put(entity: Entity, records: readonly Adjunct[]): { readonly added: readonly LiveAdjunct[]; readonly removed: readonly string[] };
  remove(entityId: EntityId): readonly string[];
  get(id: string): LiveAdjunct | undefined;
  of(entityId: EntityId): readonly LiveAdjunct[];
  /** Replaces what an adjunct watches beside its own entity. */
  watch(id: string, watches: readonly Watch[]): void;
  /** Ids of the adjuncts that look again when a sensor changes. */
  watchersOf(entity: Pick<Entity, 'id' | 'parentId' | 'slot'>, sensor: string): Iterable<string>;
  /** … when the goal, state or size of an entity changes, or it comes or goes. */
  followersOf(entity: Pick<Entity, 'id' | 'parentId' | 'slot'>): Iterable<string>;
  all(): Iterable<LiveAdjunct>;
}

const STATE = '\0state';

export function createAdjunctIndex(): AdjunctIndex {
  const byId = new Map<string, LiveAdjunct>();
  const byEntity = new Map<EntityId, { readonly spec: Entity['spec']; readonly own: string; readonly adjuncts: readonly LiveAdjunct[] }>();
  const watchers = new Map<string, Set<string>>();
  const keysOf = new Map<string, { readonly watches: readonly Watch[]; readonly keys: readonly string[] }>();

  function unwatch(id: string): void {
    for (const key of keysOf.get(id)?.keys ?? []) {
      const ids = watchers.get(key);
      ids?.delete(id);
      if (ids?.size === 0) watchers.delete(key);
    }
    keysOf.delete(id);
  }

  function drop(ids: Iterable<string>): void {
    for (const id of ids) {
      unwatch(id);
      byId.delete(id);
    }
  }

  function* keyed(entity: Pick<Entity, 'id' | 'parentId' | 'slot'>, what: string): Generator<string> {
    yield* watchers.get(`entity ${entity.id} ${what}`) ?? [];
    if (entity.parentId === null) return;
    yield* watchers.get(`children ${entity.parentId} ${what}`) ?? [];
    if (entity.slot !== null) yield* watchers.get(`members ${entity.parentId} ${what}`) ?? [];
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
    get: (id) => byId.get(id),
    of: (entityId) => byEntity.get(entityId)?.adjuncts ?? [],
    watch(id, watches) {
      const adjunct = byId.get(id);
      if (!adjunct || keysOf.get(id)?.watches === watches) return;
      unwatch(id);
      const keys = watches.flatMap(({ of, entityId = adjunct.entityId, sensors }) =>
        [...sensors, STATE].map((what) => `${of} ${entityId} ${what}`),
      );
      keysOf.set(id, { watches, keys });
      for (const key of keys) watchers.set(key, (watchers.get(key) ?? new Set<string>()).add(id));
    },
    watchersOf: (entity, sensor) => keyed(entity, sensor),
    followersOf: (entity) => keyed(entity, STATE),
    all: () => byId.values(),
  };
}
