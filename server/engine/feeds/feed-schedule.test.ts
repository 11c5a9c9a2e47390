import { describe, expect, it } from 'vitest';
import { firstAskAt, nextAskAt } from './feed-schedule.ts';

describe('when a feed is asked', () => {
  it('is spread over a second, the same for one feed each time', () => {
    const times = Array.from({ length: 1_000 }, (_, n) => firstAskAt(`e${n}:cpu`, 0, 30_000));
    expect(Math.max(...times)).toBeLessThanOrEqual(1_000);
    const perTenth = Array.from({ length: 10 }, (_, tenth) => times.filter((at) => Math.floor(at / 100) === tenth).length);
    expect(Math.max(...perTenth)).toBeLessThan(150);
    expect(firstAskAt('e7:cpu', 0, 30_000)).toBe(times[7]);
  });

  it('is each period, and never again where there is none', () => {
    expect(nextAskAt(1_000, 30_000, 0)).toBe(31_000);
    expect(nextAskAt(1_000, null, 0)).toBe(Number.POSITIVE_INFINITY);
  });

  it('is later and later after failures, up to ten periods or five minutes', () => {
    const waits = (period: number | null) => [1, 2, 3, 4, 5, 20].map((failures) => nextAskAt(0, period, failures));
    expect(waits(1_000)).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
    expect(waits(60_000)).toEqual([60_000, 120_000, 240_000, 300_000, 300_000, 300_000]);
    expect(waits(600_000)).toEqual(Array(6).fill(600_000));
    expect(waits(null)).toEqual([5_000, 10_000, 20_000, 40_000, 50_000, 50_000]);
  });
});
