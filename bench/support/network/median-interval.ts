import { median } from '../bench.ts';

export interface MedianInterval {
  readonly median: number;
  /** Order statistics that hold the true median with at least 95 in 100, whatever the distribution; the extremes of fewer than 6 values. */
  readonly low: number;
  readonly high: number;
}

/** Conover, Practical Nonparametric Statistics, 3.2: the rank below which 2.5 in 100 of a binomial of n and 1/2 lie. */
export function medianInterval(values: readonly number[]): MedianInterval {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  let rank = 0;
  let term = 0.5 ** n;
  for (let below = term; below <= 0.025; below += term) {
    rank += 1;
    term *= (n - rank + 1) / rank;
  }
  const low = Math.max(0, rank - 1);
  return { median: median(values), low: sorted[low] ?? Number.NaN, high: sorted[n - 1 - low] ?? Number.NaN };
}
