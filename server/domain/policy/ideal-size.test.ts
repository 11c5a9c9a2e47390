import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clamp, idealSize, type ScalingRules } from './ideal-size.ts';

const MANY = 2_147_483_647;
const RULES: ScalingRules = { lower: 10, upper: 20, upIncrement: 1, upMax: MANY, downIncrement: 1, downMax: MANY, min: 1, max: MANY };

/** Worked by hand from Brooklyn's algorithm: metric of one member, members, key that differs, ideal size. */
const EXAMPLES: readonly (readonly [string, number, number, Partial<ScalingRules>, number])[] = [
  ['within the bounds nothing changes', 15, 4, {}, 4],
  ['on the upper bound nothing changes', 20, 4, {}, 4],
  ['on the lower bound nothing changes', 10, 4, {}, 4],
  ['the load of all is spread: ceil(25 × 4 / 20)', 25, 4, {}, 5],
  ['far above it grows at once: ceil(50 × 1 / 20)', 50, 1, {}, 3],
  ['a hair above the bound is one more', 20.01, 4, {}, 5],
  ['below it shrinks: floor(5 × 4 / 10)', 5, 4, {}, 2],
  ['what would be too hot is not shrunk to: floor(9 × 1.. would be 1 of 18', 9, 2, {}, 1],
  ['nor where bounds are near: 3 members of 9 bear 27, 2 would bear 13.5', 9, 3, { lower: 10, upper: 12 }, 3],
  ['an upper bound of 0 is none', 1_000, 4, { upper: 0 }, 4],
  ['a lower bound of 0 is none', 0, 4, { lower: 0 }, 4],
  ['no load shrinks to the fewest', 0, 4, {}, 1],
  ['resizeUpIterationIncrement rounds up: 3 more to 4', 35, 4, { upIncrement: 4 }, 8],
  ['resizeUpIterationMax is the most at once', 100, 4, { upMax: 2 }, 6],
  ['resizeUpIterationMax of 0 never grows', 100, 4, { upMax: 0 }, 4],
  ['resizeDownIterationIncrement rounds up: 3 fewer to 4', 5, 6, { downIncrement: 4 }, 2],
  ['resizeDownIterationMax is the most at once', 0, 8, { downMax: 3 }, 5],
  ['resizeDownIterationMax of 0 never shrinks', 0, 8, { downMax: 0 }, 8],
  ['minPoolSize holds', 0, 8, { min: 3 }, 3],
  ['maxPoolSize holds', 100, 4, { max: 6 }, 6],
  ['a pool of none stays: its load is none', 100, 0, { min: 0 }, 0],
];

describe('idealSize', () => {
  it.each(EXAMPLES)('%s', (_, metric, size, rules, ideal) => {
    expect(idealSize(metric, size, { ...RULES, ...rules }).size).toBe(ideal);
  });

  const rules = fc
    .record({
      lower: fc.double({ min: 0, max: 100, noNaN: true }),
      width: fc.double({ min: 0, max: 100, noNaN: true }),
      upIncrement: fc.integer({ min: 1, max: 5 }),
      upMax: fc.constantFrom(0, 1, 3, MANY),
      downIncrement: fc.integer({ min: 1, max: 5 }),
      downMax: fc.constantFrom(0, 1, 3, MANY),
      min: fc.integer({ min: 0, max: 5 }),
      span: fc.integer({ min: 0, max: 50 }),
    })
    .map(({ width, span, ...others }): ScalingRules => ({ ...others, upper: others.lower + width, max: others.min + span }));
  const load = fc.double({ min: 0, max: 5_000, noNaN: true });

  it('keeps within the bounds, and moves only the way that the metric asks', () => {
    fc.assert(
      fc.property(rules, load, fc.integer({ min: 1, max: 55 }), (given, total, size) => {
        const at = clamp(size, given);
        if (at === 0) return;
        const { temperature, size: ideal } = idealSize(total / at, at, given);
        expect(ideal).toBe(clamp(ideal, given));
        if (temperature === 'hot') expect(ideal).toBeGreaterThanOrEqual(at);
        if (temperature === 'cold') expect(ideal).toBeLessThanOrEqual(at);
        if (temperature === 'ok') expect(ideal).toBe(at);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never shrinks to what it would at once grow from', () => {
    fc.assert(
      fc.property(rules, load, fc.integer({ min: 1, max: 55 }), (given, total, size) => {
        const at = clamp(size, given);
        const shrunk = at === 0 ? 0 : idealSize(total / at, at, given).size;
        if (shrunk === 0 || shrunk >= at) return;
        expect(idealSize(total / shrunk, shrunk, given).temperature).not.toBe('hot');
      }),
      { numRuns: 1_000 },
    );
  });
});
