import { expect, it } from 'vitest';
import { parseLabels } from './parse-labels.ts';

it('reads labels as people write them', () => {
  expect(parseLabels(' rack=2,disk = ssd ,')).toEqual({ rack: '2', disk: 'ssd' });
});

it('takes an empty field as no labels', () => {
  expect(parseLabels('')).toEqual({});
});

it('refuses what is not name=value', () => {
  expect([parseLabels('rack'), parseLabels('=2')]).toEqual([null, null]);
});
