import { type BestSlot, createBestSlot } from './best-slot.ts';
import type { HostView, PlacementContext, PlacementRequest } from './placement.ts';
import type { PlacementShape } from './placement-shape.ts';
import { createSlotCounts } from './slot-counts.ts';
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

interface Group {
  /** Ascending. */
  readonly slots: readonly number[];
  readonly tree: BestSlot;
  siblings: number;
  readonly isNone: boolean;
}

export function createPlacementKind({ shape, request: sample, hosts, siblings, refusalOf }: KindInput): PlacementKind {
  const { keys, base } = shape;
  const size = hosts.length;
  const refusals: (Refusal | null)[] = new Array(size).fill(null);
  const columns = keys.map((key) => (key === 'spread' ? null : new Float64Array(size)));
  const placed = new Int32Array(size);
  const out = new Uint8Array(size);
  for (let slot = 0; slot < size; slot += 1) judge(slot);
  const groups = makeGroups();
  const groupAt: Group[] = [];
  const positionAt = new Int32Array(size);
  for (const group of groups) {
    for (const [position, slot] of group.slots.entries()) {
      groupAt[slot] = group;
      positionAt[slot] = position;
      group.siblings += placed[slot] ?? 0;
    }
  }
  const counts = createSlotCounts(size, isIn);

  function judge(slot: number): void {
    const host = hosts[slot];
    if (host === undefined) return;
    host.siblings = siblings.get(host.id) ?? 0;
    placed[slot] = host.siblings;
    refusals[slot] = refuse(host);
    if (refusals[slot] !== null) return;
    for (let column = 0; column < columns.length; column += 1) {
      const key = keys[column];
      const values = columns[column];
      if (values && key !== undefined && key !== 'spread') values[slot] = key(host, sample);
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

  function isIn(slot: number): boolean {
    return refusals[slot] === null && out[slot] === 0;
  }

  /** Within one group. */
  function isBetter(a: number, b: number): boolean {
    for (const values of columns) {
      if (values === null) continue;
      const [first, second] = [values[a] ?? 0, values[b] ?? 0];
      if (first !== second) return first < second;
    }
    return false;
  }

  function makeGroups(): readonly Group[] {
    const byName = new Map<string | undefined, number[]>();
    for (const [slot, host] of hosts.entries()) {
      const name = shape.groupOf?.(host);
      const slots = byName.get(name);
      if (slots) slots.push(slot);
      else byName.set(name, [slot]);
    }
    return [...byName].map(([name, slots]): Group => {
      const at = (position: number): number => slots[position] ?? -1;
      const tree = createBestSlot({
        size: slots.length,
        isIn: (position) => isIn(at(position)),
        isBetter: (a, b) => isBetter(at(a), at(b)),
      });
      return { slots, tree, siblings: 0, isNone: name === undefined && shape.groupOf !== null };
    });
  }

  function groupScore({ siblings: count, isNone }: Group): number {
    return isNone ? Number.POSITIVE_INFINITY : count;
  }

  /** Of two groups; `first` is where the order begins. */
  function isBetterOf(a: number, b: number, first: number): boolean {
    for (const values of columns) {
      const one = values === null ? groupScore(groupAt[a] as Group) : (values[a] ?? 0);
      const other = values === null ? groupScore(groupAt[b] as Group) : (values[b] ?? 0);
      if (one !== other) return one < other;
    }
    return (a - first + size) % size < (b - first + size) % size;
  }

  function bestOf({ slots, tree }: Group, first: number): number {
    const from = first === 0 ? 0 : lowerBound(slots, first);
    const after = tree.best(from, slots.length);
    const before = from === 0 ? -1 : tree.best(0, from);
    const [a, b] = [slots[after] ?? -1, slots[before] ?? -1];
    if (a < 0 || b < 0) return Math.max(a, b);
    return isBetter(b, a) ? b : a;
  }

  function best(first: number): number {
    let chosen = -1;
    for (const group of groups) {
      const slot = bestOf(group, first);
      if (slot >= 0 && (chosen < 0 || isBetterOf(slot, chosen, first))) chosen = slot;
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

  function refresh(slot: number): void {
    groupAt[slot]?.tree.changed(positionAt[slot] ?? 0);
    counts.set(slot, isIn(slot));
  }

  function inOrder(first: number, most: number): readonly number[] {
    const found: number[] = [];
    while (found.length < most) {
      const next = best(first);
      if (next < 0) break;
      found.push(next);
      out[next] = 1;
      refresh(next);
    }
    for (const slot of found) {
      out[slot] = 0;
      refresh(slot);
    }
    return found;
  }

  /** The front of the shuffle that a whole list would get. */
  function drawn(request: PlacementRequest, context: PlacementContext, most: number): readonly number[] {
    const random = shuffling(request, context);
    const moved = new Map<number, number>();
    const at = (place: number): number => moved.get(place) ?? counts.nth(place);
    return Array.from({ length: Math.min(most, counts.total) }, (_, place) => {
      const other = place === counts.total - 1 ? place : place + Math.floor(random() * (counts.total - place));
      const slot = at(other);
      moved.set(other, at(place));
      return slot;
    });
  }

  return {
    shape,
    get fitting() {
      return counts.total;
    },
    refusalAt: (slot) => refusals[slot] ?? null,
    look(slot) {
      const group = groupAt[slot];
      const before = placed[slot] ?? 0;
      judge(slot);
      if (group) group.siblings += (placed[slot] ?? 0) - before;
      refresh(slot);
    },
    choose(request, context) {
      if (base !== 'random') return best(firstOf(context));
      return counts.total === 0 ? -1 : counts.nth(Math.floor(shuffling(request, context)() * counts.total));
    },
    ranked(request, context, most) {
      return base === 'random' ? drawn(request, context, most) : inOrder(firstOf(context), most);
    },
  };
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
