import { callsIn } from '../domain/blueprint/calls-in.ts';
import type { ConfigValue, DslCall } from '../domain/blueprint/config-value.ts';
import { DSL_FUNCTIONS } from '../domain/blueprint/dsl-functions.ts';
import type { Entity } from '../domain/entity/entity.ts';
import type { EntityId } from '../domain/shared/ids.ts';

/** Which entities speak of which others, in their config or by depending on them. Answers without looking at all of them. */
export interface FollowerIndex {
  put(entity: Entity): void;
  remove(entity: Entity): void;
  /** Entities whose config may depend on a sensor of this one, or whose start on its state. */
  followersOf(entity: Entity): Iterable<EntityId>;
  /** Entities whose config reads this secret. */
  readersOf(secret: { readonly provider: string; readonly name: string }): Iterable<EntityId>;
}

/** Any name: what follows its parent, its root or inherited config. */
const ANY = '*';
const BY_PLACE = new Set(['parent', 'root', 'scopeRoot', 'config', 'template']);

/** `valuesOf`: the config that counts at an entity, with what it inherits. Asked again for each new spec. */
export function createFollowerIndex(valuesOf: (entity: Entity) => Iterable<ConfigValue>): FollowerIndex {
  const byKey = new Map<string, Set<EntityId>>();
  const keysOf = new Map<EntityId, { readonly spec: Entity['spec']; readonly keys: readonly string[] }>();

  function remove({ id }: Pick<Entity, 'id'>): void {
    for (const key of keysOf.get(id)?.keys ?? []) {
      const ids = byKey.get(key);
      ids?.delete(id);
      if (ids?.size === 0) byKey.delete(key);
    }
    keysOf.delete(id);
  }

  return {
    put(entity) {
      if (keysOf.get(entity.id)?.spec === entity.spec) return;
      remove(entity);
      const calls = [...valuesOf(entity)].flatMap(callsIn);
      const awaited = (entity.spec.dependsOn ?? []).map(({ on }) => inApplication(entity.applicationId, on));
      const keys = [...new Set([...calls.flatMap((call) => keysIn(call, entity.applicationId)), ...awaited])];
      keysOf.set(entity.id, { spec: entity.spec, keys });
      for (const key of keys) byKey.set(key, (byKey.get(key) ?? new Set<EntityId>()).add(entity.id));
    },
    remove,
    *followersOf({ applicationId, planId, id, parentId }) {
      for (const name of [planId, id, ANY]) {
        if (name === null) continue;
        yield* byKey.get(inApplication(applicationId, name)) ?? [];
        if (parentId === null) yield* byKey.get(otherApplication(name)) ?? [];
      }
    },
    *readersOf({ provider, name }) {
      for (const one of [provider, ANY]) for (const two of [name, ANY]) yield* byKey.get(secretKey(one, two)) ?? [];
    },
  };
}

function inApplication(applicationId: string, name: string): string {
  return `entity ${applicationId} ${name}`;
}

function otherApplication(name: string): string {
  return `application ${name}`;
}

function secretKey(provider: string, name: string): string {
  return `secret ${JSON.stringify([provider, name])}`;
}

/** Every text of a call may be the id of an entity; an id that is itself an expression may be any. */
function keysIn({ name, args }: DslCall, applicationId: string): readonly string[] {
  const texts = args.map((argument) => (typeof argument === 'string' ? argument : ANY));
  if (name === 'external') return [secretKey(texts[0] ?? ANY, texts[1] ?? ANY)];
  const isOpen = BY_PLACE.has(name) || (DSL_FUNCTIONS.get(name)?.names === 'entity' && texts.includes(ANY));
  const names = [...texts.filter((text) => text !== ANY), ...(isOpen ? [ANY] : [])];
  const others = name === 'application' || (name === 'component' && texts[0] === 'applications') ? [texts.at(-1) ?? ANY] : [];
  return [...names.map((text) => inApplication(applicationId, text)), ...others.map(otherApplication)];
}
