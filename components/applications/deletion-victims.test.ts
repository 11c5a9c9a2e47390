import { expect, it } from 'vitest';
import type { EntityId } from '@/server/domain/shared/ids.ts';
import { deletionVictims, stopVictims } from './deletion-victims.ts';

const MONITOR = {
  entityId: 'm' as EntityId,
  entity: 'monitor',
  applicationId: 'watch' as never,
  application: 'Watch',
  why: 'reads main.uri of lb',
};
const preview = {
  containers: [{ name: 'ck-1', entity: 'db', host: 'h1', adopted: false, state: 'running' as const }],
  volumes: [{ name: 'data', volumeName: 'ckv-1', entity: 'db', host: 'h1' }],
  ports: [{ host: 'h1', port: 32768, protocol: 'tcp' as const, entity: 'db' }],
  snapshots: [],
  clouds: [],
  dependants: [],
  hiddenDependants: 0,
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

it('lists who depends on it, and counts those that the reader may not see', () => {
  expect(deletionVictims({ ...preview, dependants: [MONITOR], hiddenDependants: 2 }, 'keep').at(-1)).toEqual({
    title: '3 entities depend on this',
    items: ['monitor of Watch reads main.uri of lb', '2 entities that you may not see'],
    lost: true,
  });
});

it('lists for a stop what runs, by its host', () => {
  const containers = [...preview.containers, { name: 'ck-2', entity: 'web', host: 'h2', adopted: false, state: 'exited' as const }];
  expect(stopVictims({ containers, dependants: [MONITOR] }).map(({ title, items }) => [title, items])).toEqual([
    ['1 container stops', ['db on h1']],
    ['1 entity depends on this', ['monitor of Watch reads main.uri of lb']],
  ]);
});

it('lists the hosts of a Docker cloud and what else runs on it', () => {
  const clouds = [
    {
      cloud: 'spares',
      hosts: [{ name: 'docker-1', state: 'ready' as const, foreignContainers: 2 }],
      applications: [{ applicationId: 'a', name: 'shop', containers: 3 }],
    },
  ];
  expect(deletionVictims({ ...preview, clouds }, 'keep', 'delete').slice(-2)).toEqual([
    { title: '1 host of spares is given back', items: ['docker-1 (ready), with 2 containers of others'] },
    { title: '1 application on it is deleted', items: ['shop, 3 containers here'], lost: true },
  ]);
});
