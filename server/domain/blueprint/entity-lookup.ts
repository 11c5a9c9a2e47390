import type { Entity } from '../entity/entity.ts';

/** The live entities that expressions are resolved against. `StoreView` satisfies it. */
export interface EntityLookup {
  get(kind: 'entity', id: string): Entity | undefined;
  childrenOf(entityId: string): readonly Entity[];
  entitiesOf(applicationId: string): readonly Entity[];
}

/** From `self` to the root of its application, both included. */
export function ancestorsOf(self: Entity, view: EntityLookup): readonly Entity[] {
  const chain = [self];
  for (let at = self; at.parentId !== null && chain.length < 1000; ) {
    const parent = view.get('entity', at.parentId);
    if (parent === undefined) break;
    chain.push(parent);
    at = parent;
  }
  return chain;
}

/**
 * The entity that an expression of `self` calls `id`: in the same application, by id in the blueprint before entity id; of
 * several the nearest (fewest steps up to a common ancestor, then fewest down), then the oldest. The application itself is
 * meant only when nothing in it has the id. Entities being destroyed are passed over.
 */
export function findComponent(self: Entity, id: string, view: EntityLookup): Entity | undefined {
  const all = view.entitiesOf(self.applicationId).filter((entity) => entity.goal !== 'destroyed' || entity.id === self.id);
  const named = all.filter((entity) => entity.planId === id);
  if (named.length === 0) return all.find((entity) => entity.id === id);
  const inside = named.filter((entity) => entity.parentId !== null);
  return nearest(self, inside.length > 0 ? inside : named, view);
}

/** By id in the blueprint before entity id, the oldest first. */
export function findAmong(entities: readonly Entity[], id: string): Entity | undefined {
  const alive = entities.filter((entity) => entity.goal !== 'destroyed').sort(byAge);
  return alive.find((entity) => entity.planId === id) ?? alive.find((entity) => entity.id === id);
}

export function descendantsOf(entity: Entity, view: EntityLookup): readonly Entity[] {
  const found: Entity[] = [];
  let level: readonly Entity[] = [entity];
  while (level.length > 0) {
    level = level.flatMap((parent) => view.childrenOf(parent.id));
    found.push(...level);
  }
  return found;
}

/** The entity that one call of an expression finds from another: `component("db")`, `parent()`. Undefined for other functions. */
export function lookUpEntity(
  name: string,
  on: Entity,
  { id, view }: { readonly id: string; readonly view: EntityLookup },
): Entity | undefined {
  switch (name) {
    case 'self':
      return on;
    case 'parent':
      return on.parentId === null ? undefined : view.get('entity', on.parentId);
    case 'root':
      return ancestorsOf(on, view).at(-1);
    case 'component':
    case 'entity':
      return findComponent(on, id, view);
    case 'child':
      return findAmong(view.childrenOf(on.id), id);
    case 'sibling':
      return on.parentId === null
        ? undefined
        : findAmong(
            view.childrenOf(on.parentId).filter((entity) => entity.id !== on.id),
            id,
          );
    case 'descendant':
      return findAmong(descendantsOf(on, view), id);
    case 'ancestor':
      return findAmong(ancestorsOf(on, view).slice(1), id);
    default:
      return undefined;
  }
}

function nearest(self: Entity, candidates: readonly Entity[], view: EntityLookup): Entity | undefined {
  if (candidates.length === 1) return candidates[0];
  const stepsUp = new Map(ancestorsOf(self, view).map((entity, index) => [entity.id, index]));
  let best: { readonly entity: Entity; readonly up: number; readonly down: number } | undefined;
  for (const entity of candidates) {
    const chain = ancestorsOf(entity, view);
    const down = chain.findIndex((ancestor) => stepsUp.has(ancestor.id));
    const up = stepsUp.get(chain[down]?.id ?? entity.id) ?? Number.MAX_SAFE_INTEGER;
    if (!best || up < best.up || (up === best.up && (down < best.down || (down === best.down && byAge(entity, best.entity) < 0)))) {
      best = { entity, up, down };
    }
  }
  return best?.entity;
}

function byAge(a: Entity, b: Entity): number {
  return a.createdAt - b.createdAt || (a.slot ?? 0) - (b.slot ?? 0) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
