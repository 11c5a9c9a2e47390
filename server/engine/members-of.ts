import { isMember, QUARANTINE_GROUP } from '../domain/cluster/members.ts';
import type { Entity } from '../domain/entity/entity.ts';
import type { StoreView } from '../ports/store.ts';

/**
 * Members of anything that has some: those of a cluster, those that a group was told or has found, what a quarantine keeps. Oldest first; none
 * that is on its way out. Undefined for what has children only.
 */
export function membersOf(view: Pick<StoreView, 'get' | 'childrenOf'>, entity: Entity): readonly Entity[] | undefined {
  const members = allMembers(view, entity);
  return members?.filter(({ goal }) => goal !== 'destroyed');
}

function allMembers(
  view: Pick<StoreView, 'get' | 'childrenOf'>,
  { id, type, parentId, size, members }: Entity,
): readonly Entity[] | undefined {
  if (type === QUARANTINE_GROUP) {
    return parentId === null ? [] : bySlot(view.childrenOf(parentId).filter(({ quarantine }) => quarantine !== undefined));
  }
  if (members !== undefined) return members.flatMap((member) => view.get('entity', member) ?? []);
  return size === null ? undefined : bySlot(view.childrenOf(id).filter(isMember));
}

function bySlot(members: readonly Entity[]): readonly Entity[] {
  return members.toSorted((a, b) => (a.slot ?? 0) - (b.slot ?? 0));
}
