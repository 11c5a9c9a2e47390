import { expect, it } from 'vitest';
import { deletionVictims } from './deletion-victims.ts';

const preview = {
  containers: [{ name: 'ck-1', entity: 'db', host: 'h1' }],
  volumes: [{ name: 'ckv-1', entity: 'db', host: 'h1' }],
  ports: [{ host: 'h1', port: 32768, protocol: 'tcp' as const }],
  dependants: [],
};

it('says that volumes stay unless they are to be removed', () => {
  expect(deletionVictims(preview, 'keep').map((group) => [group.title, group.lost ?? false])).toEqual([
    ['1 container stops and is removed', false],
    ['1 address is released', false],
    ['1 volume stays on its host', false],
  ]);
});

it('marks removed volumes as lost', () => {
  expect(deletionVictims(preview, 'remove').find((group) => group.lost)?.title).toBe('1 volume is removed with its data');
});
