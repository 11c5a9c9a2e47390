/**
 * Which of many numbered slots is the best, kept while single slots change: a tournament tree, O(log n) for a change. The smallest value of the
 * first column wins, of equal ones that of the next; of equally good slots the first.
 */
export interface BestSlot {
  /** After its values have changed, or it has come in or gone out. */
  changed(slot: number): void;
  /** The best that is in, of those from `from` to before `to`; -1 where there is none. */
  best(from: number, to: number): number;
}

export interface Contest {
  readonly size: number;
  /** 1 for a slot that is in. */
  readonly isIn: Uint8Array;
  readonly columns: readonly Float64Array[];
}

export function createBestSlot({ size, isIn, columns }: Contest): BestSlot {
  let width = 1;
  while (width < size) width *= 2;
  const [first = new Float64Array(size), ...others] = columns;
  const winners = new Int32Array(2 * width).fill(-1);
  for (let slot = 0; slot < size; slot += 1) winners[width + slot] = isIn[slot] === 1 ? slot : -1;
  for (let node = width - 1; node > 0; node -= 1) winners[node] = winnerOf(winners[2 * node] ?? -1, winners[2 * node + 1] ?? -1);

  /** `left` comes before `right`. */
  function winnerOf(left: number, right: number): number {
    if (left < 0) return right;
    if (right < 0) return left;
    const [one, other] = [first[left] as number, first[right] as number];
    if (one !== other) return other < one ? right : left;
    return others.length > 0 && isBetter(right, left) ? right : left;
  }

  function isBetter(a: number, b: number): boolean {
    for (const values of others) {
      const [one, other] = [values[a] as number, values[b] as number];
      if (one !== other) return one < other;
    }
    return false;
  }

  return {
    changed(slot) {
      let node = width + slot;
      winners[node] = isIn[slot] === 1 ? slot : -1;
      for (node >>= 1; node > 0; node >>= 1) {
        const before = winners[node] as number;
        const now = winnerOf(winners[2 * node] as number, winners[2 * node + 1] as number);
        if (now === before && now !== slot) return;
        winners[node] = now;
      }
    },
    best(from, to) {
      if (from === 0 && to === size) return winners[1] as number;
      let left = -1;
      let right = -1;
      let low = width + from;
      let high = width + to;
      while (low < high) {
        if (low % 2 === 1) {
          left = winnerOf(left, winners[low] as number);
          low += 1;
        }
        if (high % 2 === 1) {
          high -= 1;
          right = winnerOf(winners[high] as number, right);
        }
        low >>= 1;
        high >>= 1;
      }
      return winnerOf(left, right);
    },
  };
}
