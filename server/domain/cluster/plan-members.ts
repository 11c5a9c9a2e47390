import type { Entity } from '../entity/entity.ts';
import { isCompleted, isEntityUp } from '../entity/service-state.ts';
import { isMember } from './members.ts';
import { inRemovalOrder, type RemovalStrategy } from './removal-order.ts';

export interface MemberPlan {
  /** Slots to add, ascending. */
  readonly add: readonly number[];
  /** Members to destroy: those that are replaced or did not come up in the place of others, then surplus, in the order of the removal strategy. */
  readonly destroy: readonly Entity[];
  /** Members that were to be replaced and stay: the one in their place did not come up, or is not there. */
  readonly keep: readonly Entity[];
}

export interface MemberRules {
  /** Default: the newest first. */
  readonly removal?: RemovalStrategy;
  /** So many may be on their way up at the same time; 0 or absent: all. */
  readonly startingAtMost?: number;
}

/**
 * What brings a cluster to `size` members; `children` are all that have a slot in it. Slots are never reused; members on their way out or in
 * quarantine neither count nor are chosen again. A member that is replaced and the one in its place are one of that number; the old one goes
 * when the new one is up, the new one when it failed.
 */
export function planMembers(children: readonly Entity[], size: number, rules: MemberRules = {}): MemberPlan {
  const staying = inRemovalOrder(
    children.filter((member) => member.goal !== 'destroyed' && isMember(member)),
    rules.removal ?? { kind: 'newest' },
  );
  const highest = children.reduce((top, member) => Math.max(top, member.slot ?? 0), 0);
  const { replaced, failed, keep, waiting } = replacements(staying);
  const gone = new Set([...replaced, ...failed]);
  const seats = staying.filter((member) => !gone.has(member) && !waiting.has(member));
  const surplus = seats.slice(0, Math.max(0, seats.length - size));
  const behind = [...waiting].filter(([, replacement]) => surplus.includes(replacement)).map(([member]) => member);
  const room = rules.startingAtMost ? Math.max(0, rules.startingAtMost - seats.filter(isOnItsWay).length) : Number.POSITIVE_INFINITY;
  const missing = Math.min(room, Math.max(0, size - seats.length));
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

function isOnItsWay(member: Entity): boolean {
  return member.goal === 'running' && member.wasUp !== true && member.actual !== 'ON_FIRE' && !isEntityUp(member) && !isCompleted(member);
}

/** Whether it can stand for the one in whose place it comes: up for long enough that it is not about to fail. */
function isThere(member: Entity): boolean {
  return (
    member.goal === 'running' && member.actual !== 'ON_FIRE' && ((isEntityUp(member) && member.settled === true) || isCompleted(member))
  );
}
