/** Which of many numbered slots are in, so that the n-th of them is found in O(log n). */
export interface SlotCounts {
  readonly total: number;
  set(slot: number, isIn: boolean): void;
  /** The n-th that is in, from 0 to less than `total`. */
  nth(n: number): number;
}

export function createSlotCounts(size: number, isIn: (slot: number) => boolean): SlotCounts {
  let width = 1;
  while (width < size) width *= 2;
  const counts = new Int32Array(2 * width);
  for (let slot = 0; slot < size; slot += 1) counts[width + slot] = isIn(slot) ? 1 : 0;
  for (let node = width - 1; node > 0; node -= 1) counts[node] = (counts[2 * node] ?? 0) + (counts[2 * node + 1] ?? 0);
  return {
    get total() {
      return counts[1] ?? 0;
    },
    set(slot, isInNow) {
      const change = (isInNow ? 1 : 0) - (counts[width + slot] ?? 0);
      if (change === 0) return;
      for (let node = width + slot; node > 0; node >>= 1) counts[node] = (counts[node] ?? 0) + change;
    },
    nth(n) {
      let node = 1;
      let left = n;
      while (node < width) {
        node *= 2;
        const before = counts[node] ?? 0;
        if (left >= before) {
          left -= before;
          node += 1;
        }
      }
      return node - width;
    },
  };
}
