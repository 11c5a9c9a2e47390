import type { Entity } from '../domain/entity/entity.ts';
import type { EntityId, HostId } from '../domain/shared/ids.ts';
import type { Draft } from '../ports/store.ts';

/** An entity that stays where it is. */
export function withoutMove(entity: Entity): Entity {
  const { moveFrom: _from, moveTo: _to, ...staying } = entity;
  return staying;
}

/** Those of `ids` that are to leave a host, for another one or any. */
export function markMoves(
  draft: Draft,
  ids: readonly EntityId[],
  { from, to }: { readonly from: HostId; readonly to?: HostId | undefined },
): void {
  for (const id of ids) {
    const entity = draft.get('entity', id);
    if (entity) draft.put('entity', { ...withoutMove(entity), moveFrom: from, ...(to === undefined ? {} : { moveTo: to }) });
  }
}
