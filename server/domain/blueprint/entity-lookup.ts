import type { Application } from '../entity/application.ts';
import type { Entity } from '../entity/entity.ts';

/** The live entities that expressions are resolved against. `StoreView` satisfies it. */
export interface EntityLookup {
  get(kind: 'entity', id: string): Entity | undefined;
  all(kind: 'application'): ReadonlyMap<string, Application>;
  childrenOf(entityId: string): readonly Entity[];
  entitiesOf(applicationId: string): readonly Entity[];
}

/** Finds entities of one application by id; reads them once. */
export interface EntityIndex {
  /** Alive, by id in the blueprint before entity id. */
  named(id: string): readonly Entity[];
}

/** `self` is found even while it is being destroyed. */
export function createEntityIndex(self: Entity, view: EntityLookup): EntityIndex {
  let byPlanId: Map<string, Entity[]> | undefined;
  const byId = new Map<string, Entity>();
  function read(): Map<string, Entity[]> {
    const index = new Map<string, Entity[]>();
    for (const entity of view.entitiesOf(self.applicationId)) {
      if (entity.goal === 'destroyed' && entity.id !== self.id) continue;
      byId.set(entity.id, entity);
      if (entity.planId !== null) index.set(entity.planId, [...(index.get(entity.planId) ?? []), entity]);
    }
    return index;
  }
  return {
    named(id) {
      byPlanId ??= read();
      const found = byPlanId.get(id);
      const entity = byId.get(id);
      return found ?? (entity === undefined ? [] : [entity]);
    },
  };
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

/** Of several the nearest (fewest steps up to a common ancestor, then fewest down), then the oldest. */
export function nearest(self: Entity, candidates: readonly Entity[], view: EntityLookup): Entity | undefined {
  if (candidates.length < 2) return candidates[0];
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

/** The root entity of an application by its id in its blueprint, else by the id of the entity; the oldest of several. */
export function findApplication(id: string, view: EntityLookup): Entity | undefined {
  const roots = [...view.all('application').values()].flatMap(({ rootId }) => view.get('entity', rootId) ?? []);
  const alive = roots.filter(({ goal }) => goal !== 'destroyed').sort(byAge);
  return alive.find(({ planId }) => planId === id) ?? alive.find((root) => root.id === id);
}
