import type { Entity } from '../domain/entity/entity.ts';
import type { TaskId } from '../domain/shared/ids.ts';
import type { Draft, StoreView } from '../ports/store.ts';

/** An entity and all below it, parents first. */
export function subtreeOf(view: Pick<StoreView, 'childrenOf'>, entity: Entity): readonly Entity[] {
  return [entity, ...view.childrenOf(entity.id).flatMap((child) => subtreeOf(view, child))];
}

/** Whether one entity is the other, or above it. */
export function isAtOrAbove(view: Pick<StoreView, 'get'>, one: Entity, other: Entity): boolean {
  for (let at: Entity | undefined = other; at; at = at.parentId === null ? undefined : view.get('entity', at.parentId)) {
    if (at.id === one.id) return true;
  }
  return false;
}

export interface Ending {
  readonly now: number;
  readonly taskId: TaskId | null;
  readonly removeVolumes: boolean;
}

/** Wants an entity and all below it gone. */
export function destroySubtree(draft: Draft, root: Entity, { now, taskId, removeVolumes }: Ending): void {
  for (const entity of subtreeOf(draft, root)) {
    draft.put('entity', {
      ...entity,
      goal: 'destroyed',
      expected: { state: 'DESTROYED', at: now },
      destroyVolumes: removeVolumes,
      question: null,
      taskId: taskId ?? entity.taskId,
    });
  }
}
