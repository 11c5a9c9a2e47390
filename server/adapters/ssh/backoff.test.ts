import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs, DIAL_BACKOFF } from './backoff.ts';

describe('backoffMs', () => {
  it('doubles its ceiling from the first wait and stops at the longest', () => {
    expect([0, 1, 2, 6, 40].map((attempt) => backoffMs(attempt, 1))).toEqual([250, 500, 1_000, 15_000, 15_000]);
  });

  it('is anywhere between nothing and the ceiling', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
        const wait = backoffMs(attempt, chance);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(DIAL_BACKOFF.maxMs);
      }),
    );
  });
});
