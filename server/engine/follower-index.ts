import type { ConfigValue, DslCall, DslExpression } from '../domain/blueprint/config-value.ts';
import type { Entity } from '../domain/entity/entity.ts';
import type { EntityId } from '../domain/shared/ids.ts';

/** Which entities speak of which others, in their config or by depending on them. Answers without looking at all of them. */
export interface FollowerIndex {
  put(entity: Entity): void;
  remove(entity: Entity): void;
  /** Entities whose config may depend on a sensor of this one, or whose start on its state. */
  followersOf(entity: Entity): Iterable<EntityId>;
}

/** Any name: what follows its parent, its root or inherited config. */
const ANY = '*';
const BY_PLACE = new Set(['parent', 'root', 'config']);

export function createFollowerIndex(): FollowerIndex {
  const byName = new Map<string, Set<EntityId>>();
  const namesOf = new Map<EntityId, { readonly spec: Entity['spec']; readonly keys: readonly string[] }>();

  function remove({ id }: Pick<Entity, 'id'>): void {
    for (const key of namesOf.get(id)?.keys ?? []) {
      const ids = byName.get(key);
      ids?.delete(id);
      if (ids?.size === 0) byName.delete(key);
    }
    namesOf.delete(id);
  }

  return {
    put(entity) {
      if (namesOf.get(entity.id)?.spec === entity.spec) return;
      remove(entity);
      const names = [...namesIn(Object.values(entity.spec.config)), ...(entity.spec.dependsOn ?? []).map(({ on }) => on)];
      const keys = [...new Set(names)].map((name) => `${entity.applicationId} ${name}`);
      namesOf.set(entity.id, { spec: entity.spec, keys });
      for (const key of keys) byName.set(key, (byName.get(key) ?? new Set<EntityId>()).add(entity.id));
    },
    remove,
    *followersOf({ applicationId, planId, id }) {
      for (const name of [planId, id, ANY]) {
        if (name !== null) yield* byName.get(`${applicationId} ${name}`) ?? [];
      }
    },
  };
}

/** Every text in every expression: among them the ids of the entities that it names. */
function namesIn(values: readonly ConfigValue[]): readonly string[] {
  return values.flatMap((value) => {
    if (typeof value !== 'object' || value === null) return [];
    if (isExpression(value)) return value.$dsl.calls.flatMap(namesInCall);
    return namesIn(Object.values(value));
  });
}

function namesInCall({ name, args }: DslCall): readonly string[] {
  const inside = args.flatMap((argument) => {
    if (typeof argument === 'string') return [argument];
    return typeof argument === 'object' && argument !== null ? argument.calls.flatMap(namesInCall) : [];
  });
  return BY_PLACE.has(name) ? [...inside, ANY] : inside;
}

function isExpression(value: object): value is { readonly $dsl: DslExpression } {
  return '$dsl' in value;
}
