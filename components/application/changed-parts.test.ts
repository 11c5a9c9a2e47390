import { expect, it } from 'vitest';
import { changedParts } from './changed-parts.ts';

it('says what is different besides the text', () => {
  const before = {
    text: 'a',
    files: { '.env': '***', 'old.env': '***' },
    overlays: ['a.yaml'],
    variables: { TAG: '1' },
    profiles: ['debug'],
  };
  const after = {
    text: 'b',
    files: { '.env': 'A=b', 'new.env': '' },
    binaryFiles: ['logo.png'],
    overlays: ['b.yaml'],
    variables: { TAG: '2' },
    profiles: ['fast'],
  };
  expect(changedParts(before, after)).toEqual([
    '.env replaced',
    'new.env added',
    'old.env removed',
    'logo.png added',
    'merged in this order: b.yaml',
    'TAG changed',
    'profile fast is on',
    'profile debug is off',
  ]);
});

it('says nothing where nothing is', () => {
  expect(changedParts({ text: 'a' }, { text: 'b', files: {}, overlays: [], variables: {}, profiles: [] })).toEqual([]);
  expect(changedParts({ text: 'a', overlays: ['a.yaml'] }, { text: 'a' })).toEqual(['nothing is merged any more']);
});
