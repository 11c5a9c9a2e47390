import type { EntityLookup } from '../domain/blueprint/entity-lookup.ts';
import type { Application } from '../domain/entity/application.ts';
import type { Entity } from '../domain/entity/entity.ts';
import type { EntitySpec } from '../domain/entity/entity-spec.ts';
import { plantEntities, plantMember } from '../domain/entity/plant-entities.ts';
import type { ApplicationId, EntityId } from '../domain/shared/ids.ts';

export interface PlantedWorld extends EntityLookup {
  /** The entity with this path in the plan; members are `pool/member#1`. */
  at(path: string): Entity;
}

/** Entities as a plan makes them, all running; their ids are their paths. `change`: what they have become since. */
export function plantWorld(root: EntitySpec, change: (entity: Entity) => Partial<Entity> = () => ({})): PlantedWorld {
  let count = 0;
  const planting = {
    ...{ applicationId: 'app' as ApplicationId, parentId: null, generation: 1, goal: 'running' as const, taskId: null, now: 0 },
    nextId: () => {
      count += 1;
      return `${count}` as EntityId;
    },
  };
  const planted = plantEntities(root, planting).flatMap((entity) => [
    entity,
    ...Array.from({ length: entity.size ?? 0 }, (_, slot) =>
      plantMember(entity, { slot: slot + 1, isFirst: slot === 0 }, { ...planting, parentId: entity.id }),
    ).flat(),
  ]);
  const ids = new Map(planted.map(({ id, path, slot }) => [id, `${path}${slot === null ? '' : `#${slot}`}` as EntityId]));
  const entities = planted.map((entity, index): Entity => {
    const named = { ...entity, id: ids.get(entity.id) ?? entity.id, parentId: entity.parentId && (ids.get(entity.parentId) ?? null) };
    const running = { ...named, actual: 'RUNNING' as const, createdAt: index };
    return { ...running, ...change(running) };
  });
  const byId = new Map(entities.map((entity) => [entity.id, entity]));
  const application = { id: 'app', rootId: '.', location: 'east' } as Application;
  return {
    at(path) {
      const found = byId.get(path as EntityId);
      if (found === undefined) throw new Error(`nothing at ${path}: ${[...byId.keys()].join(', ')}`);
      return found;
    },
    get: (_, id) => byId.get(id as EntityId),
    all: () => new Map([['app', application]]),
    childrenOf: (id) => entities.filter(({ parentId }) => parentId === id),
    entitiesOf: (id) => entities.filter(({ applicationId }) => applicationId === id),
  };
}
