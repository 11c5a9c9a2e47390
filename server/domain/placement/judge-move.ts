import type { EntityId, HostId } from '../shared/ids.ts';
import type { BrokenRule, MoveBoard } from './move-board.ts';
import type { PlacementOrder } from './placement-shape.ts';

/** A rule that refuses the host on which an entity is. */
export interface RuleOf extends BrokenRule {
  readonly id: EntityId;
}

/** What hosts are ordered by, for one entity: before on the one, after on the other. */
export interface Gain {
  readonly id: EntityId;
  readonly order: PlacementOrder;
  readonly before: number;
  readonly after: number;
}

export type MoveVerdict =
  /** `rule`: where they are they may not be; `better`: placement prefers the other host; `empties`: it keeps to older hosts that are in use. */
  | {
      readonly ok: true;
      readonly cause: 'rule' | 'better' | 'empties';
      readonly rules: readonly RuleOf[];
      readonly gains: readonly Gain[];
    }
  /** `noBetter`: nothing stands against it but that it gains nothing. */
  | { readonly ok: false; readonly why: string; readonly noBetter?: true };

/**
 * Whether entities that have to be together are better off on another host, by the rules and the order that placement goes by. What is
 * better is so by the numbers after the move against those before it, so that two hosts never just swap. Others are not to come to harm.
 */
export function judgeMove(board: MoveBoard, ids: readonly EntityId[], to: HostId): MoveVerdict {
  const [first] = ids;
  if (first === undefined) return { ok: false, why: 'there is nothing to move' };
  const from = board.hostOf(first);
  if (from === to) return { ok: false, why: `it is on ${board.host(to).name} already` };
  const before = ids.map((id) => board.scores(id, from));
  const rules = rulesAgainst(board, ids);
  const tried = board.trying(ids, [from, to], () => tryOut(board, { ids, from, to, before, isAgainstRules: rules.length > 0 }));
  if (!tried.ok) return tried;
  const harmed = tried.harmed.find((id) => ruleHere(board, id) === null);
  if (harmed !== undefined) {
    const { name } = board.placed(harmed).request;
    return { ok: false, why: `${name} would be against its rules then` };
  }
  const { gains } = tried;
  if (rules.length > 0) return { ok: true, cause: 'rule', rules, gains };
  return { ok: true, cause: gains.length > 0 ? 'better' : 'empties', rules, gains };
}

/** The rule that refuses the host of an entity now; null where none does. */
function ruleHere(board: MoveBoard, id: EntityId): BrokenRule | null {
  const hostId = board.hostOf(id);
  return board.trying([id], [hostId], () => {
    board.lift(id);
    return board.ruleAgainst(id, hostId);
  });
}

/** The rules that refuse their host to these, each with the others there. */
export function rulesAgainst(board: MoveBoard, ids: readonly EntityId[]): readonly RuleOf[] {
  return ids.flatMap((id): RuleOf[] => {
    const { cpu, memoryBytes, memoryUsedBytes } = board.host(board.hostOf(id));
    // A host that has not been measured yet breaks no rule by that.
    const isKnown = cpu !== null && memoryBytes !== null && memoryUsedBytes !== null;
    const rule = ruleHere(board, id);
    return rule === null || (rule.isMeasured && !isKnown) ? [] : [{ id, ...rule }];
  });
}

/** Nothing but the age of hosts orders them for these. */
export function fillsOldest(board: MoveBoard, ids: readonly EntityId[]): boolean {
  return ids.every((id) => {
    const { orders, base, orderedBy } = board.ordersOf(id);
    return orders.length === 0 && base === 'joined' && orderedBy !== null;
  });
}

interface Trial {
  readonly ids: readonly EntityId[];
  readonly from: HostId;
  readonly to: HostId;
  readonly before: readonly (readonly number[])[];
  /** Where they are. */
  readonly isAgainstRules: boolean;
}

type Tried =
  | Extract<MoveVerdict, { readonly ok: false }>
  /** `harmed`: who else would be where it may not be, if it is not already. */
  | { readonly ok: true; readonly gains: readonly Gain[]; readonly harmed: readonly EntityId[] };

function tryOut(board: MoveBoard, { ids, from, to, before, isAgainstRules }: Trial): Tried {
  for (const id of ids) board.lift(id);
  const away = ids.map((id) => board.scores(id, from));
  const empty = ids.map((id) => board.scores(id, to));
  const host = board.host(to);
  const isFuller = keepsTogether(board, ids, { from, to });
  for (const id of ids) {
    const { name } = board.placed(id).request;
    const refusal = board.refusalOf(id, to);
    if (refusal !== null) return { ok: false, why: `${host.name} does not take ${name}: ${refusal}` };
    const rule = board.ruleAgainst(id, to);
    if (rule !== null) return { ok: false, why: refusedBy(host.name, name, rule) };
    board.put(id, to);
  }
  // One that came before others may not like them.
  for (const id of ids) {
    const rule = ids.length === 1 ? null : ruleHere(board, id);
    if (rule !== null) return { ok: false, why: refusedBy(host.name, board.placed(id).request.name, rule) };
  }
  const told = ids.map((id, at): Gain | 'same' | 'worse' => {
    const scores = { before: before[at] ?? [], after: board.scores(id, to), away: away[at] ?? [], empty: empty[at] ?? [] };
    return gainOf(id, board.ordersOf(id).orders, scores);
  });
  const gains = told.includes('worse') ? [] : told.filter((gain) => typeof gain !== 'string');
  if (!isAgainstRules && gains.length === 0 && !isFuller) {
    return { ok: false, noBetter: true, why: `${host.name} is no better for it than ${board.host(from).name}` };
  }
  const harmed = board.minding(ids, [from, to]).filter((id) => ruleHere(board, id) !== null);
  return { ok: true, harmed, gains };
}

function refusedBy(host: string, name: string, { by, reason }: BrokenRule): string {
  return `${host} does not take ${name}, by ${by}: ${reason}`;
}

interface Scores {
  /** Of the host where it is, and of the other once it is there. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** The same without it, as placement would see them. */
  readonly away: readonly number[];
  readonly empty: readonly number[];
}

/** By the first order that tells the two hosts apart. */
function gainOf(id: EntityId, orders: readonly PlacementOrder[], { before, after, away, empty }: Scores): Gain | 'same' | 'worse' {
  let preferred = false;
  for (const [at, order] of orders.entries()) {
    const [was, is, left, free] = [before[at] ?? 0, after[at] ?? 0, away[at] ?? 0, empty[at] ?? 0];
    const leastGain = order.by === 'score' ? order.leastGain : null;
    // What it uses is not known, or nothing: to move it changes nothing that could be measured.
    if (leastGain !== null && (was === left || is === free || !Number.isFinite(was + is))) continue;
    if (!preferred && free > left) return 'worse';
    preferred ||= free < left;
    if (is > was) return 'worse';
    if (is === was) continue;
    if (!preferred || (leastGain !== null && was - is < leastGain)) return 'worse';
    return { id, order, before: was, after: is };
  }
  return 'same';
}

/** Depth first: to an older host that is in use. */
function keepsTogether(board: MoveBoard, ids: readonly EntityId[], { from, to }: Pick<Trial, 'from' | 'to'>): boolean {
  return fillsOldest(board, ids) && board.host(to).containers > 0 && board.host(to).order < board.host(from).order;
}
