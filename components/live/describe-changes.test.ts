import { expect, it } from 'vitest';
import { describeChanges } from './describe-changes.ts';

it('says only what changed', () => {
  expect(describeChanges(['shop: STARTING', 'Host h1: ready'], ['shop: RUNNING', 'Host h1: ready'])).toBe('shop: RUNNING');
});

it('counts a flood instead of reading it out', () => {
  expect(describeChanges([], ['a: 1', 'b: 1', 'c: 1', 'd: 1'])).toBe('4 states changed');
});
