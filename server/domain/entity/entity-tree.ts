import type { Entity } from './entity.ts';

/** Whether an entity is the one of this id, or a child of it at any depth. */
export function isAtOrBelow(entity: Entity, ancestorId: string, entities: ReadonlyMap<string, Entity>): boolean {
  for (let at: Entity | undefined = entity; at; at = at.parentId === null ? undefined : entities.get(at.parentId)) {
    if (at.id === ancestorId) return true;
  }
  return false;
}
