import type { Entity } from '../domain/entity/entity.ts';
import type { EntityId, HostId, TaskId } from '../domain/shared/ids.ts';
import type { Draft } from '../ports/store.ts';

/** An entity that stays where it is. */
export function withoutMove(entity: Entity): Entity {
  const { moveFrom: _from, moveTo: _to, ...staying } = entity;
  return staying;
}

/** Those of `ids` that are to leave a host, for another one or any; `taskId`: what they do it for. */
export function markMoves(
  draft: Draft,
  ids: readonly EntityId[],
  { from, to, taskId }: { readonly from: HostId; readonly to?: HostId | undefined; readonly taskId?: TaskId },
): void {
  for (const id of ids) {
    const entity = draft.get('entity', id);
    if (!entity) continue;
    const toHost = to === undefined ? {} : { moveTo: to };
    draft.put('entity', { ...withoutMove(entity), moveFrom: from, ...toHost, ...(taskId === undefined ? {} : { taskId }) });
  }
}
