/**
 * Which of many numbered slots is the best, kept while single slots change: a tournament tree, O(log n) for a change. Of equally good slots
 * the first wins.
 */
export interface BestSlot {
  /** After the slot has got better or worse, come in or gone out. */
  changed(slot: number): void;
  /** The best that is in, of those from `from` to before `to`; -1 where there is none. */
  best(from: number, to: number): number;
}

export interface Contest {
  readonly size: number;
  isIn(slot: number): boolean;
  /** True only where `a` is better than `b`; never for equal ones. */
  isBetter(a: number, b: number): boolean;
}

export function createBestSlot({ size, isIn, isBetter }: Contest): BestSlot {
  let width = 1;
  while (width < size) width *= 2;
  const winners = new Int32Array(2 * width).fill(-1);
  for (let slot = 0; slot < size; slot += 1) winners[width + slot] = isIn(slot) ? slot : -1;
  for (let node = width - 1; node > 0; node -= 1) winners[node] = winnerOf(winners[2 * node] ?? -1, winners[2 * node + 1] ?? -1);

  /** `left` comes before `right`. */
  function winnerOf(left: number, right: number): number {
    if (left < 0) return right;
    return right >= 0 && isBetter(right, left) ? right : left;
  }

  return {
    changed(slot) {
      let node = width + slot;
      winners[node] = isIn(slot) ? slot : -1;
      for (node >>= 1; node > 0; node >>= 1) {
        const before = winners[node] ?? -1;
        const now = winnerOf(winners[2 * node] ?? -1, winners[2 * node + 1] ?? -1);
        if (now === before && now !== slot) return;
        winners[node] = now;
      }
    },
    best(from, to) {
      let left = -1;
      let right = -1;
      let low = width + from;
      let high = width + to;
      while (low < high) {
        if (low % 2 === 1) {
          left = winnerOf(left, winners[low] ?? -1);
          low += 1;
        }
        if (high % 2 === 1) {
          high -= 1;
          right = winnerOf(winners[high] ?? -1, right);
        }
        low >>= 1;
        high >>= 1;
      }
      return winnerOf(left, right);
    },
  };
}
