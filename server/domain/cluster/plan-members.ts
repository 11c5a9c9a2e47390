import type { Entity } from '../entity/entity.ts';

export interface MemberPlan {
  /** Slots to add, ascending. */
  readonly add: readonly number[];
  /** Members to destroy, newest first. */
  readonly destroy: readonly Entity[];
}

/** What brings a cluster to `size` members. Slots are never reused; members on their way out neither count nor are chosen again. */
export function planMembers(members: readonly Entity[], size: number): MemberPlan {
  const staying = members.filter((member) => member.goal !== 'destroyed').sort((a, b) => (b.slot ?? 0) - (a.slot ?? 0));
  const highest = members.reduce((top, member) => Math.max(top, member.slot ?? 0), 0);
  const missing = Math.max(0, size - staying.length);
  return {
    add: Array.from({ length: missing }, (_, index) => highest + index + 1),
    destroy: staying.slice(0, Math.max(0, staying.length - size)),
  };
}
