import type { EntityId, HostId } from '../shared/ids.ts';
import { explainMove, type ProposedMove } from './explain-move.ts';
import { fillsOldest, judgeMove, type MoveVerdict, rulesAgainst } from './judge-move.ts';
import { createMoveBoard, type MoveBoard, type MoveBoardInput } from './move-board.ts';

export interface ProposalInput extends MoveBoardInput {
  /** Those that may be moved: what has to be on one host is one group, all on the same. Of several that would do, the first here is moved. */
  readonly groups: readonly (readonly EntityId[])[];
  /** Hosts that entities leave only where a rule refuses them: what is there was meant to stay. */
  readonly held: ReadonlySet<HostId>;
  /** Moves proposed at most. */
  readonly limit: number;
  /** By what is measured, so many come to a host or leave it at most: only a new sample tells what a move has done. */
  readonly mostMeasured: number;
}

export interface MoveProposal {
  /** To be done in this order. Asked again after all of them, nothing is proposed, unless there are `more`. */
  readonly moves: readonly ProposedMove[];
  /** Containers of hosts that moves change, before and after. */
  readonly hosts: readonly { readonly hostId: HostId; readonly name: string; readonly before: number; readonly after: number }[];
  /** The limit was reached. */
  readonly more: boolean;
  /** Groups that should not be where they are, and that no host takes. At most 20 are told. */
  readonly stuck: readonly { readonly id: EntityId; readonly name: string; readonly reason: string }[];
  /** What else is to be known, in sentences. */
  readonly notes: readonly string[];
}

interface Step {
  readonly group: number;
  readonly to: HostId;
}

interface Search {
  readonly input: ProposalInput;
  readonly board: MoveBoard;
  readonly steps: Step[];
  /** How often each group was moved since rules or preferences were begun with. */
  readonly moved: Map<number, number>;
  /** Arrivals and departures by what is measured. */
  readonly measured: Map<HostId, number>;
  readonly groupOf: ReadonlyMap<EntityId, number>;
  readonly most: number;
}

/** A group that goes on and on moving shows that what entities prefer does not go together. */
const MOST_OF_ONE = 3;
/** It is looked further ahead than is proposed, so that moves which undo each other are found. */
const AHEAD = 5;
const MOST_STUCK = 20;
/** Hosts that are tried before all others are. */
const FIRST_TRIED = 8;

/**
 * Moves that bring a cloud to where placement would put each container if it were placed now. First those whose host a rule refuses; then
 * those that another host suits better by what orders hosts, once they are there; last, what fills the oldest hosts leaves a younger one
 * where that gets empty. No move takes anybody, moved or not, to where a rule of its own refuses it. Pure, and the same for the same input.
 */
export function proposeMoves(input: ProposalInput): MoveProposal {
  const search = begin(input);
  const { found, isAtOdds } = settle(search);
  const { moves, board, left } = tell(input, found);
  const more = left > 0 || search.steps.length >= search.most;
  const before = new Map(input.hosts.map(({ id, containers }) => [id, containers]));
  const hosts = board.hosts.flatMap(({ id, name, containers }) => {
    const had = before.get(id) ?? 0;
    return had === containers && !moves.some(({ from, to }) => from === id || to === id)
      ? []
      : [{ hostId: id, name, before: had, after: containers }];
  });
  const notes = [
    ...(isAtOdds ? ['What containers prefer does not go together: only those are moved that a rule keeps off their host.'] : []),
    ...(search.measured.size > 0 ? ['CPU and memory in use are what was measured last: ask again once the moves have been measured.'] : []),
  ];
  return { moves, hosts, more, notes, stuck: more ? [] : stuckOn(board, input) };
}

function begin(input: ProposalInput): Search {
  return {
    input,
    board: createMoveBoard(input),
    steps: [],
    moved: new Map(),
    measured: new Map(),
    groupOf: new Map(input.groups.flatMap((ids, group) => ids.map((id) => [id, group] as const))),
    most: input.limit * AHEAD,
  };
}

/** Rules, then preferences, until neither moves anything. What preferences alone never settle is left away. */
function settle(search: Search): { readonly found: readonly Step[]; readonly isAtOdds: boolean } {
  const { steps, most } = search;
  for (;;) {
    followRules(search);
    const settled = steps.length;
    if (!followPreferences(search)) return { found: steps.slice(0, settled), isAtOdds: true };
    if (steps.length === settled || steps.length >= most) return { found: steps, isAtOdds: false };
  }
}

function followRules(search: Search): void {
  const { input, board, steps, most, moved } = search;
  moved.clear();
  for (let isNew = true; isNew && steps.length < most; ) {
    isNew = false;
    for (const [group, ids] of input.groups.entries()) {
      if (steps.length >= most || (moved.get(group) ?? 0) > MOST_OF_ONE) continue;
      if (rulesAgainst(board, ids).length === 0) continue;
      isNew = moveTo(search, group, 'rule') || isNew;
    }
  }
}

/** False where it never ends. */
function followPreferences(search: Search): boolean {
  const { board, steps, most, moved, groupOf } = search;
  moved.clear();
  for (let isNew = true; isNew; ) {
    isNew = false;
    const open = new Set(board.hosts.filter(({ id }) => !search.input.held.has(id)));
    while (open.size > 0 && steps.length < most) {
      const fullest = [...open].reduce((a, b) => (loadOf(b) > loadOf(a) ? b : a));
      const groups = [...new Set(board.on(fullest.id).flatMap((id) => groupOf.get(id) ?? []))].sort((a, b) => a - b);
      const group = groups.find((one) => isOrdered(search, one) && moveTo(search, one, 'better'));
      if (group === undefined) open.delete(fullest);
      else if ((moved.get(group) ?? 0) > MOST_OF_ONE) return false;
      else isNew = true;
    }
    for (const { id } of board.hosts.toReversed()) isNew = empty(search, id) || isNew;
    if ([...moved.values()].some((times) => times > MOST_OF_ONE)) return false;
    if (steps.length >= most) return true;
  }
  return true;
}

function loadOf({ containers, foreignContainers }: MoveBoard['hosts'][number]): number {
  return containers + foreignContainers;
}

function isOrdered({ board, input }: Search, group: number): boolean {
  return (input.groups[group] ?? []).some((id) => board.ordersOf(id).orders.length > 0);
}

/** Moves a group to the first host, in the order of placement, that there is this cause for. */
function moveTo(search: Search, group: number, cause: 'rule' | 'better'): boolean {
  const ids = search.input.groups[group] ?? [];
  const [first] = ids;
  if (first === undefined) return false;
  const { board } = search;
  const from = board.hostOf(first);
  for (const to of inOrder(board, ids)) {
    if (to === from && cause === 'rule') continue;
    // Placement would leave it where it is.
    if (to === from) return false;
    const verdict = judgeMove(board, ids, to);
    if (verdict.ok && verdict.cause !== 'empties' && take(search, { group, to }, verdict)) return true;
    // Those after it in the order are no better either.
    if (!verdict.ok && verdict.noBetter) return false;
  }
  return false;
}

function* inOrder(board: MoveBoard, ids: readonly EntityId[]): Generator<HostId> {
  const first = rank(board, ids, FIRST_TRIED);
  yield* first;
  if (first.length === FIRST_TRIED) yield* rank(board, ids, board.hosts.length).slice(FIRST_TRIED);
}

function take(search: Search, step: Step, verdict: Extract<MoveVerdict, { readonly ok: true }>): boolean {
  const { board, measured, input } = search;
  const ids = input.groups[step.group] ?? [];
  const from = ids[0] === undefined ? step.to : board.hostOf(ids[0]);
  if (isByMeasure(verdict)) {
    const ends = [from, step.to];
    if (ends.some((hostId) => (measured.get(hostId) ?? 0) >= input.mostMeasured)) return false;
    for (const hostId of ends) measured.set(hostId, (measured.get(hostId) ?? 0) + 1);
  }
  board.move(ids, step.to);
  search.steps.push(step);
  search.moved.set(step.group, (search.moved.get(step.group) ?? 0) + 1);
  return true;
}

function isByMeasure({ cause, rules, gains }: Extract<MoveVerdict, { readonly ok: true }>): boolean {
  if (cause === 'rule') return rules.every((rule) => rule.isMeasured);
  return gains.some(({ order }) => order.by === 'score' && order.leastGain !== null);
}

/** All or nothing: moves what fills the oldest hosts away from a host that nothing else is on, to older ones in use. */
function empty(search: Search, hostId: HostId): boolean {
  const { board, input, groupOf, steps, most } = search;
  const ids = board.on(hostId);
  const groups = [...new Set(ids.map((id) => groupOf.get(id)))].filter((group) => group !== undefined);
  const { containers, order } = board.host(hostId);
  const isMovable = ids.length > 0 && ids.length === containers && ids.every((id) => groupOf.has(id)) && fillsOldest(board, ids);
  if (!isMovable || steps.length >= most || input.held.has(hostId)) return false;
  const older = new Set(board.hosts.flatMap((host) => (host.order < order && host.containers > 0 ? [host.id] : [])));
  const targets = board.trying(ids, [hostId, ...older], () =>
    placesOn(
      board,
      older,
      groups.map((group) => input.groups[group] ?? []),
    ),
  );
  if (targets === null) return false;
  for (const [at, group] of groups.entries()) {
    const to = targets[at];
    if (to !== undefined) take(search, { group, to }, { ok: true, cause: 'empties', rules: [], gains: [] });
  }
  return true;
}

/** A host for each group, with those before it there already; null where one finds none. */
function placesOn(board: MoveBoard, hosts: ReadonlySet<HostId>, groups: readonly (readonly EntityId[])[]): readonly HostId[] | null {
  const places: HostId[] = [];
  for (const ids of groups) {
    const ranked = rank(board, ids, FIRST_TRIED);
    const to = ranked.find((hostId) => hosts.has(hostId) && judgeMove(board, ids, hostId).ok);
    if (to === undefined) return null;
    places.push(to);
    for (const id of ids) board.lift(id);
    for (const id of ids) board.put(id, to);
  }
  return places;
}

/** Hosts in the order in which placement would take them for the first of these, without all of them. */
function rank(board: MoveBoard, ids: readonly EntityId[], most: number): readonly HostId[] {
  const [first] = ids;
  if (first === undefined) return [];
  return board.trying(ids, [board.hostOf(first)], () => {
    for (const id of ids) board.lift(id);
    return board.ranked(first, most);
  });
}

interface Told {
  readonly moves: readonly ProposedMove[];
  /** After these. */
  readonly board: MoveBoard;
  /** Steps beyond the limit. */
  readonly left: number;
}

/** The moves in words; of a group that is moved more than once the last alone, where the others allow that. */
function tell(input: ProposalInput, steps: readonly Step[]): Told {
  const homes = new Map(input.placed.map(({ request, hostId }) => [request.entityId, hostId]));
  const short = steps.filter(({ group, to }, at) => {
    const [first] = input.groups[group] ?? [];
    const isLast = steps.findLastIndex((other) => other.group === group) === at;
    return isLast && first !== undefined && homes.get(first) !== to;
  });
  const told = replay(input, short);
  return told.isWhole ? told : replay(input, steps);
}

function replay(input: ProposalInput, steps: readonly Step[]): Told & { readonly isWhole: boolean } {
  const board = createMoveBoard(input);
  const moves: ProposedMove[] = [];
  for (const { group, to } of steps.slice(0, input.limit)) {
    const ids = input.groups[group] ?? [];
    const verdict = judgeMove(board, ids, to);
    if (!verdict.ok) return { moves, board, left: steps.length - moves.length, isWhole: false };
    moves.push(explainMove(board, ids, { to, verdict }));
    board.move(ids, to);
  }
  return { moves, board, left: steps.length - moves.length, isWhole: true };
}

function stuckOn(board: MoveBoard, { groups }: ProposalInput): MoveProposal['stuck'] {
  const stuck: MoveProposal['stuck'][number][] = [];
  for (const ids of groups) {
    if (stuck.length >= MOST_STUCK) break;
    const [rule] = rulesAgainst(board, ids);
    if (rule === undefined) continue;
    const { name } = board.placed(rule.id).request;
    stuck.push({
      id: rule.id,
      name,
      reason: `${board.host(board.hostOf(rule.id)).name} would not take it now, by ${rule.by}: ${rule.reason}`,
    });
  }
  return stuck;
}
