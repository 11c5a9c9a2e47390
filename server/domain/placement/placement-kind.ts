import { type BestSlot, createBestSlot } from './best-slot.ts';
import type { HostView, PlacementContext, PlacementRequest } from './placement.ts';
import type { PlacementShape } from './placement-shape.ts';
import { createSlotCounts, type SlotCounts } from './slot-counts.ts';
import { shuffling } from './strategy-kinds.ts';

/** Requests that differ in nothing but name and id: the same hosts refuse all of them, and have the same score for all. */
export interface KindInput {
  readonly shape: PlacementShape;
  /** Any of them. */
  readonly request: PlacementRequest;
  /** In the order in which they joined. Changed in place: see `look`. */
  readonly hosts: readonly SeenHost[];
  /** Of the requests of this kind that are placed, by host. */
  readonly siblings: ReadonlyMap<string, number>;
  /** Why a host takes nothing of this kind at all. */
  refusalOf(host: HostView): string | null;
}

/** `siblings` is what the kind that looks at it just now says. */
export type SeenHost = { -readonly [Key in keyof HostView]: HostView[Key] };

export interface Refusal {
  /** Position in the shape’s refusals; -1: the host itself. */
  readonly by: number;
  readonly reason: string;
}

export interface PlacementKind {
  readonly shape: PlacementShape;
  /** Looks at a host again. */
  look(slot: number): void;
  /** The slot of the host that is taken; -1 where all refuse. */
  choose(request: PlacementRequest, context: PlacementContext): number;
  /** The slots in the order in which they would be chosen, at most `most`. */
  ranked(request: PlacementRequest, context: PlacementContext, most: number): readonly number[];
  readonly fitting: number;
  refusalAt(slot: number): Refusal | null;
}

/** Hosts that nothing but their own score tells apart. */
interface Group {
  /** Ascending. */
  readonly slots: readonly number[];
  /** Of each of these slots. */
  readonly isIn: Uint8Array;
  /** Of each key that is no `spread`. */
  readonly columns: readonly Float64Array[];
  readonly tree: BestSlot;
  siblings: number;
  readonly isNone: boolean;
}

export function createPlacementKind({ shape, request: sample, hosts, siblings, refusalOf }: KindInput): PlacementKind {
  const { keys, base } = shape;
  const size = hosts.length;
  const scores = keys.flatMap((key) => (key === 'spread' ? [] : [key]));
  const spreadAt = keys.indexOf('spread');
  const refusals: (Refusal | null)[] = new Array(size).fill(null);
  const placed = new Int32Array(size);
  const groupAt: Group[] = [];
  const positionAt = new Int32Array(size);
  let fitting = 0;
  const groups = makeGroups();
  const counts = base === 'random' ? createSlotCounts(size, (slot) => refusals[slot] === null) : null;

  function makeGroups(): readonly Group[] {
    const byName = new Map<string | undefined, number[]>();
    for (const [slot, host] of hosts.entries()) {
      const name = shape.groupOf?.(host);
      const slots = byName.get(name);
      if (slots) slots.push(slot);
      else byName.set(name, [slot]);
    }
    return [...byName].map(([name, slots]) => makeGroup(slots, shape.groupOf !== null && name === undefined));
  }

  function makeGroup(slots: readonly number[], isNone: boolean): Group {
    const isIn = new Uint8Array(slots.length);
    const columns = scores.map(() => new Float64Array(slots.length));
    let count = 0;
    for (const [position, slot] of slots.entries()) {
      judge(slot, { isIn, columns }, position);
      if (isIn[position] === 1) fitting += 1;
      count += placed[slot] ?? 0;
    }
    const tree = createBestSlot({ size: slots.length, isIn, columns });
    const group: Group = { slots, isIn, columns, tree, siblings: count, isNone };
    for (const [position, slot] of slots.entries()) {
      groupAt[slot] = group;
      positionAt[slot] = position;
    }
    return group;
  }

  function judge(slot: number, { isIn, columns }: Pick<Group, 'isIn' | 'columns'>, position: number): void {
    const host = hosts[slot];
    if (host === undefined) return;
    host.siblings = siblings.get(host.id) ?? 0;
    placed[slot] = host.siblings;
    const refusal = refuse(host);
    refusals[slot] = refusal;
    isIn[position] = refusal === null ? 1 : 0;
    if (refusal !== null) return;
    for (let column = 0; column < columns.length; column += 1) {
      const values = columns[column];
      const score = scores[column];
      if (values && score) values[position] = score(host, sample);
    }
  }

  function refuse(host: HostView): Refusal | null {
    const own = refusalOf(host);
    if (own !== null) return { by: -1, reason: own };
    for (let by = 0; by < shape.refusals.length; by += 1) {
      const reason = shape.refusals[by]?.refuse(host, sample) ?? null;
      if (reason !== null) return { by, reason };
    }
    return null;
  }

  /** Of two slots, by all keys and then by which comes first after `first`. */
  function isBetter(a: number, b: number, first: number): boolean {
    const [one, other] = [groupAt[a], groupAt[b]];
    if (one === undefined || other === undefined) return false;
    let column = 0;
    for (let key = 0; key < keys.length; key += 1) {
      let difference: number;
      if (key === spreadAt) difference = one === other ? 0 : groupScore(one) - groupScore(other);
      else {
        difference = (one.columns[column]?.[positionAt[a] ?? 0] ?? 0) - (other.columns[column]?.[positionAt[b] ?? 0] ?? 0);
        column += 1;
      }
      if (difference < 0) return true;
      if (difference > 0) return false;
    }
    return (a - first + size) % size < (b - first + size) % size;
  }

  function bestOf({ slots, tree }: Group, first: number): number {
    if (first === 0) return slots[tree.best(0, slots.length)] ?? -1;
    const from = lowerBound(slots, first);
    const after = slots[tree.best(from, slots.length)] ?? -1;
    const before = slots[tree.best(0, from)] ?? -1;
    if (after < 0 || before < 0) return Math.max(after, before);
    return isBetter(before, after, first) ? before : after;
  }

  function best(first: number): number {
    let chosen = -1;
    for (const group of groups) {
      const slot = bestOf(group, first);
      if (slot >= 0 && (chosen < 0 || isBetter(slot, chosen, first))) chosen = slot;
    }
    return chosen;
  }

  /** The slot after the host that was chosen last. */
  function firstOf({ lastHostOrder }: PlacementContext): number {
    if (base !== 'turn' || lastHostOrder === null) return 0;
    let [low, high] = [0, size];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((hosts[middle]?.order ?? 0) > lastHostOrder) high = middle;
      else low = middle + 1;
    }
    return low === size ? 0 : low;
  }

  function look(slot: number): void {
    const group = groupAt[slot];
    if (group === undefined) return;
    const position = positionAt[slot] ?? 0;
    const [countBefore, wasIn] = [placed[slot] ?? 0, group.isIn[position] ?? 0];
    judge(slot, group, position);
    group.siblings += (placed[slot] ?? 0) - countBefore;
    fitting += (group.isIn[position] ?? 0) - wasIn;
    group.tree.changed(position);
    counts?.set(slot, refusals[slot] === null);
  }

  function show(slot: number, isShown: boolean): void {
    const group = groupAt[slot];
    const position = positionAt[slot] ?? 0;
    if (group === undefined) return;
    group.isIn[position] = isShown ? 1 : 0;
    group.tree.changed(position);
  }

  function inOrder(first: number, most: number): readonly number[] {
    const found: number[] = [];
    while (found.length < most) {
      const next = best(first);
      if (next < 0) break;
      found.push(next);
      show(next, false);
    }
    for (const slot of found) show(slot, true);
    return found;
  }

  /** The front of the shuffle that a whole list would get. */
  function drawn({ nth, total }: SlotCounts, random: () => number, most: number): readonly number[] {
    const moved = new Map<number, number>();
    const at = (place: number): number => moved.get(place) ?? nth(place);
    return Array.from({ length: Math.min(most, total) }, (_, place) => {
      const other = place === total - 1 ? place : place + Math.floor(random() * (total - place));
      const slot = at(other);
      moved.set(other, at(place));
      return slot;
    });
  }

  return {
    shape,
    get fitting() {
      return fitting;
    },
    refusalAt: (slot) => refusals[slot] ?? null,
    look,
    choose(request, context) {
      if (counts === null) return best(firstOf(context));
      return drawn(counts, shuffling(request, context), 1)[0] ?? -1;
    },
    ranked(request, context, most) {
      return counts === null ? inOrder(firstOf(context), most) : drawn(counts, shuffling(request, context), most);
    },
  };
}

function groupScore({ siblings, isNone }: Group): number {
  return isNone ? Number.POSITIVE_INFINITY : siblings;
}

/** The first position whose slot is at least `slot`. */
function lowerBound(slots: readonly number[], slot: number): number {
  let [low, high] = [0, slots.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((slots[middle] ?? 0) < slot) low = middle + 1;
    else high = middle;
  }
  return low;
}
