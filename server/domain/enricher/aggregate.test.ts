import { describe, expect, it } from 'vitest';
import { aggregate, isQuorate, joined } from './aggregate.ts';
import { type Point, timeWeightedMean, withPoint } from './windows.ts';

describe('several values as one', () => {
  it.each([
    ['sum', [1, '2', 'x', null], 3],
    ['average', [1, 2, 6], 3],
    ['average', ['x'], undefined],
    ['min', [3, 1, 2], 1],
    ['max', [], undefined],
    ['first', ['a', 'b'], 'a'],
    ['count', ['a', null], 2],
    ['all', [true, true], true],
    ['any', [false, 'true'], false],
    ['unique', [{ a: 1 }, { a: 1 }, 2], [{ a: 1 }, 2]],
    ['values.filter(v, v > 1.0)', [1, 2, 3], [2, 3]],
  ] as const)('%s of %j is %j', (how, values, wanted) => {
    expect(aggregate(how, values)).toEqual({ value: wanted });
  });

  it('say why an expression gives none', () => {
    expect(aggregate('values[5]', [1])).toHaveProperty('why');
  });

  it.each([
    ['all', [true, true], 2, true],
    ['all', [true, true], 3, false],
    ['all', [], 0, true],
    ['allAndAtLeastOne', [], 0, false],
    ['atLeastOne', [false, true], 2, true],
    ['atLeastOneUnlessEmpty', [], 0, true],
    ['atLeastOneUnlessEmpty', [false], 1, false],
    ['alwaysTrue', [false], 5, true],
    ['2', [true, 'true', false], 3, true],
    ['3', [true, 'true', false], 3, false],
  ] as const)('the quorum %s of %j of %d is %s', (quorum, values, total, wanted) => {
    expect(isQuorate(quorum, values, total)).toBe(wanted);
  });

  it('are joined, in quotes where that is asked for', () => {
    expect(joined(['a "b"', 1, true], { separator: ', ', quote: true })).toBe('"a \\"b\\"", "1", "true"');
    expect(joined(['a', 1.5], { separator: ';', quote: false })).toBe('a;1.5');
  });
});

describe('a window', () => {
  const filled = (points: readonly Point[], windowMs: number) =>
    points.reduce<readonly Point[]>((all, point) => withPoint(all, point, windowMs), []);

  it('weighs each value by how long it held, also the one from before it', () => {
    const points = filled(
      [
        { at: 0, value: 10 },
        { at: 4_000, value: 20 },
        { at: 12_000, value: 0 },
      ],
      10_000,
    );
    // From 2 s to 12 s: 10 for 2 s, 20 for 8 s.
    expect(timeWeightedMean(points, 12_000, 10_000, 1)).toBe(18);
  });

  it('says nothing while too little of it is known', () => {
    const points = filled(
      [
        { at: 7_000, value: 10 },
        { at: 10_000, value: 10 },
      ],
      10_000,
    );
    expect(timeWeightedMean(points, 10_000, 10_000, 0.31)).toBeUndefined();
    expect(timeWeightedMean(points, 10_000, 10_000, 0.3)).toBe(10);
  });

  it('keeps a bounded number of values, whatever comes', () => {
    let points: readonly Point[] = [];
    for (let at = 0; at < 10_000; at += 1) points = withPoint(points, { at, value: at % 2 }, 1e9);
    expect(points.length).toBeLessThanOrEqual(2_000);
    expect(points.at(-1)).toEqual({ at: 9_999, value: 1 });
  });
});
