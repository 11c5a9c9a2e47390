import { describe, expect, it } from 'vitest';
import { neededOf, toQuorum } from './quorum.ts';

const needed = (given: Parameters<typeof toQuorum>[0], sizes: readonly number[]): readonly number[] =>
  sizes.map((size) => neededOf(toQuorum(given) ?? 'all', size));

describe('quorum', () => {
  it.each([
    ['all', [0, 1, 5]],
    ['atLeastOne', [1, 1, 1]],
    ['atLeastOneUnlessEmpty', [0, 1, 1]],
    ['allAndAtLeastOne', [1, 1, 5]],
    ['alwaysTrue', [0, 0, 0]],
    ['alwaysHealthy', [0, 0, 0]],
    [3, [0, 1, 3]],
    ['3', [0, 1, 3]],
  ])('%s needs of none, one and five: %j', (given, expected) => {
    expect(needed(given, [0, 1, 5])).toEqual(expected);
  });

  it('follows a line of points, and goes on beyond its ends', () => {
    expect(
      needed(
        [
          [0, 0],
          [5, 3],
          [10, 4],
        ],
        [0, 1, 5, 7, 10, 20],
      ),
    ).toEqual([0, 1, 3, 4, 4, 6]);
    expect(needed('[[5,3],[0,0]]', [5, 6])).toEqual([3, 4]);
  });

  it('never needs more than there are', () => {
    expect(
      needed(
        [
          [0, 0],
          [1, 5],
        ],
        [1, 2],
      ),
    ).toEqual([1, 2]);
  });

  it('is not made of anything else', () => {
    expect(
      [
        'some',
        '[1]',
        '[[1,2]]',
        [
          [0, 'x'],
          [1, 1],
        ],
        null,
        true,
        '[oops',
      ].map((given) => toQuorum(given)),
    ).toEqual(Array(7).fill(undefined));
  });
});
