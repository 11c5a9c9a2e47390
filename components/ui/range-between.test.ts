import { expect, it } from 'vitest';
import { rangeBetween } from './range-between.ts';

it('takes all between two rows, whichever was chosen first', () => {
  const ids = ['a', 'b', 'c', 'd'];
  expect(rangeBetween(ids, 'b', 'd')).toEqual(['b', 'c', 'd']);
  expect(rangeBetween(ids, 'd', 'b')).toEqual(['b', 'c', 'd']);
  expect(rangeBetween(ids, 'c', 'c')).toEqual(['c']);
});

it('takes one alone where the other is not shown any more', () => {
  expect(rangeBetween(['a', 'b'], null, 'b')).toEqual(['b']);
  expect(rangeBetween(['a', 'b'], 'gone', 'b')).toEqual(['b']);
});
