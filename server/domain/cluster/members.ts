import type { Entity } from '../entity/entity.ts';

/** Type of the group that a cluster keeps its failed members in. */
export const QUARANTINE_GROUP = 'quarantine-group';

/** Counted as a member of the cluster that it is a child of: what is in quarantine is a child still, and no member. */
export function isMember({ slot, quarantine }: Pick<Entity, 'slot' | 'quarantine'>): boolean {
  return slot !== null && quarantine === undefined;
}
