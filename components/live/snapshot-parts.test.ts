import { expect, it } from 'vitest';
import type { LiveChange } from './live-state.ts';
import { makeSnapshotParts } from './snapshot-parts.ts';

const host = (id: string): LiveChange => ({ kind: 'host', id, record: { id } });

it('holds the parts of a snapshot back until it is whole, and lets changes pass', () => {
  const put = makeSnapshotParts();
  expect(put('0', { revision: 7, snapshot: [host('a')] })).toBeNull();
  expect(put('0', { revision: 7, changes: [host('b')] })).toBeNull();
  expect(put('7', { revision: 7, changes: [host('c')] })).toEqual({ revision: 7, snapshot: ['a', 'b', 'c'].map(host) });
  const patch = { revision: 8, changes: [host('d')] };
  expect(put('8', patch)).toBe(patch);
});

it('starts over with a snapshot that comes after one that broke off, and takes a short one as it is', () => {
  const put = makeSnapshotParts();
  expect(put('0', { revision: 7, snapshot: [host('gone')] })).toBeNull();
  expect(put('9', { revision: 9, snapshot: [host('a')] })).toEqual({ revision: 9, snapshot: [host('a')] });
});

it('takes the snapshot of a plane in which nothing was ever written', () => {
  expect(makeSnapshotParts()('0', { revision: 0, snapshot: [] })).toEqual({ revision: 0, snapshot: [] });
});
