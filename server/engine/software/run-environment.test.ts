import { expect, it } from 'vitest';
import type { Entity } from '../../domain/entity/entity.ts';
import type { StoreView } from '../../ports/store.ts';
import { aHost, anEntity, anInstance } from '../../testing/records.ts';
import { runEnvironment } from './run-environment.ts';

type Fields = Partial<Pick<Entity, 'goal' | 'wasUp'>>;

/** What the script of a member is told; `cluster` and `members` are as they are then. Members 1 and 2 run, 3 has no host yet. */
function told(id: string, { cluster = {}, members = [] }: { readonly cluster?: Fields; readonly members?: readonly Fields[] } = {}) {
  const parent = anEntity({ id: 'cluster', size: 3, ...cluster });
  const children = [1, 2, 3].map((slot, index) =>
    anEntity({ id: `m${slot}`, parentId: 'cluster', slot, instanceId: slot === 3 ? null : `i${slot}`, ...members[index] }),
  );
  const instances = [1, 2].map((slot) =>
    anInstance({
      id: `i${slot}`,
      entityId: `m${slot}`,
      hostId: `h${slot}`,
      ports: [{ container: 2379, host: 20_000 + slot, protocol: 'tcp' }],
    }),
  );
  const hosts = [1, 2].map((slot) => aHost({ id: `h${slot}`, address: slot === 1 ? '10.0.0.1' : 'fd00::2' }));
  const all = new Map([parent, ...children, ...instances, ...hosts].map((record) => [String(record.id), record]));
  const view = { get: (_: string, key: string) => all.get(key), childrenOf: () => children } as unknown as StoreView;
  const own = instances.find(({ entityId }) => entityId === id);
  if (!own) throw new Error(`${id} does not run`);
  return runEnvironment(view, own);
}

it('tells where its host and its ports are, and each member as it is reached, itself first', () => {
  expect(told('m2')).toEqual({
    ENTITY_ID: 'm2',
    HOST_ADDRESS: 'fd00::2',
    HOST_PORT_2379: '20002',
    CLUSTER_MEMBERS: 'm2 2379=[fd00::2]:20002\nm1 2379=10.0.0.1:20001\nm3',
  });
});

it('tells one alone that it is the first: none was made before it, and none has been up', () => {
  expect(told('m1').CLUSTER_FIRST).toBe('true');
  expect(told('m2').CLUSTER_FIRST).toBeUndefined();
  expect(told('m1', { members: [{}, { wasUp: true }] }).CLUSTER_FIRST).toBeUndefined();
  expect(told('m2', { members: [{ goal: 'destroyed' }] }).CLUSTER_FIRST).toBe('true');
});

it('tells one that goes for good to leave, where its cluster stays', () => {
  const going = [{}, { goal: 'destroyed' }] as const;
  expect(told('m2', { members: going })).toMatchObject({ CLUSTER_LEAVES: 'true' });
  expect(told('m1', { members: going }).CLUSTER_MEMBERS).toBe('m1 2379=10.0.0.1:20001\nm3');
  expect(told('m2', { members: going, cluster: { goal: 'destroyed' } }).CLUSTER_LEAVES).toBeUndefined();
  expect(told('m2', { members: [{}, { goal: 'stopped' }] }).CLUSTER_LEAVES).toBeUndefined();
});
