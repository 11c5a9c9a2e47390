import type { Entity } from '../entity/entity.ts';
import { isCompleted, isEntityUp } from '../entity/service-state.ts';

export interface MemberPlan {
  /** Slots to add, ascending. */
  readonly add: readonly number[];
  /** Members to destroy: those that are replaced, then surplus, newest first. */
  readonly destroy: readonly Entity[];
  /** Members that were to be replaced and stay: the one in their place did not come up, or is not there. */
  readonly keep: readonly Entity[];
}

/**
 * What brings a cluster to `size` members. Slots are never reused; members on their way out neither count nor are chosen again. A member
 * that is replaced and the one in its place are one of that number; the old one goes when the new one is up, the new one when it failed.
 */
export function planMembers(members: readonly Entity[], size: number): MemberPlan {
  const staying = members.filter((member) => member.goal !== 'destroyed').sort((a, b) => (b.slot ?? 0) - (a.slot ?? 0));
  const highest = members.reduce((top, member) => Math.max(top, member.slot ?? 0), 0);
  const { replaced, failed, keep, waiting } = replacements(staying);
  const gone = new Set([...replaced, ...failed]);
  const seats = staying.filter((member) => !gone.has(member) && !waiting.has(member));
  const surplus = seats.slice(0, Math.max(0, seats.length - size));
  const behind = [...waiting].filter(([, replacement]) => surplus.includes(replacement)).map(([member]) => member);
  const missing = Math.max(0, size - seats.length);
  return {
    add: Array.from({ length: missing }, (_, index) => highest + index + 1),
    destroy: [...gone, ...surplus, ...behind],
    keep,
  };
}

/** One for each place: where a member is being replaced, the one that serves. */
export function placesOf(members: readonly Entity[]): readonly Entity[] {
  const byId = new Map(members.map((member) => [member.id, member]));
  const hidden = new Set<Entity>();
  for (const member of members) {
    const replacement = member.replacedBy === undefined ? undefined : byId.get(member.replacedBy);
    if (!replacement || replacement.goal === 'destroyed' || member.goal === 'destroyed') continue;
    hidden.add(isThere(replacement) ? member : replacement);
  }
  return members.filter((member) => !hidden.has(member));
}

interface Replacements {
  readonly replaced: readonly Entity[];
  readonly failed: readonly Entity[];
  readonly keep: readonly Entity[];
  /** Old members, and what is to come in their place. */
  readonly waiting: ReadonlyMap<Entity, Entity>;
}

function replacements(staying: readonly Entity[]): Replacements {
  const byId = new Map(staying.map((member) => [member.id, member]));
  const replaced: Entity[] = [];
  const failed: Entity[] = [];
  const keep: Entity[] = [];
  const waiting = new Map<Entity, Entity>();
  for (const member of staying) {
    if (member.replacedBy === undefined) continue;
    const replacement = byId.get(member.replacedBy);
    if (replacement === undefined) keep.push(member);
    else if (isThere(replacement)) replaced.push(member);
    else if (replacement.actual === 'ON_FIRE') {
      failed.push(replacement);
      keep.push(member);
    } else waiting.set(member, replacement);
  }
  return { replaced, failed, keep, waiting };
}

function isThere(member: Entity): boolean {
  return member.goal === 'running' && member.actual !== 'ON_FIRE' && (isEntityUp(member) || isCompleted(member));
}
