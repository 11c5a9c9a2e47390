import { expect, it } from 'vitest';
import { changedLabels, readLabelChange } from './bulk-labels.ts';

it('sets some labels, takes others away, and leaves the rest', () => {
  const change = readLabelChange('rack=2, -old\n disk = ssd');
  expect(change).toEqual({ set: { rack: '2', disk: 'ssd' }, without: ['old'] });
  if (change) expect(changedLabels({ rack: '1', old: 'x', zone: 'a' }, change)).toEqual({ rack: '2', disk: 'ssd', zone: 'a' });
});

it('reads nothing from what is neither', () => {
  expect([
    readLabelChange(''),
    readLabelChange('rack'),
    readLabelChange('-'),
    readLabelChange('-a=b'),
    readLabelChange('a=1,, rack'),
  ]).toEqual([null, null, null, null, null]);
});
