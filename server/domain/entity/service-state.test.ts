import { describe, expect, it } from 'vitest';
import { anEntity, anInstance } from '../../testing/records.ts';
import type { Entity } from './entity.ts';
import type { Instance } from './instance.ts';
import { ALWAYS } from './restart-policy.ts';
import { type ContainerState, containerState, groupState } from './service-state.ts';

const NOW = 1_000_000;
const HOST = { name: 'host-1', state: 'ready' } as const;

function entity(fields: Partial<Entity> = {}): Entity {
  return { ...anEntity({ id: 'e' }), ...fields };
}

function container(fields: Partial<ContainerState> & { readonly row?: Partial<Instance> | null } = {}) {
  const { row = {}, ...others } = fields;
  const instance = row === null ? undefined : { ...anInstance({ id: 'i', state: 'running', ready: true, startedAt: NOW - 1_000 }), ...row };
  return containerState({
    entity: entity(),
    instance,
    instanceCount: 1,
    host: HOST,
    startTimeoutMs: 60_000,
    unserving: null,
    policy: ALWAYS,
    now: NOW,
    ...others,
  });
}

function child(actual: Entity['actual'], fields: Partial<Entity> = {}): Entity {
  return entity({ actual, sensors: { 'service.isUp': actual === 'RUNNING' }, name: actual.toLowerCase(), ...fields });
}

describe('containerState', () => {
  it('is STARTING until it is ready, RUNNING then', () => {
    expect(container({ row: null })).toMatchObject({ actual: 'STARTING', isUp: false });
    expect(container({ row: { ready: false } })).toMatchObject({ actual: 'STARTING', isUp: false });
    expect(container()).toMatchObject({ actual: 'RUNNING', isUp: true, problems: {} });
  });

  it('is ON_FIRE with any problem, its own or of a host that refuses us', () => {
    expect(container({ entity: entity({ problems: { pull: 'no such image' } }) }).actual).toBe('ON_FIRE');
    expect(container({ host: { name: 'host-1', state: 'refused' } })).toMatchObject({
      actual: 'ON_FIRE',
      problems: { host: 'host-1 refuses us' },
    });
    expect(container({ row: { ready: false, startedAt: NOW - 60_000 } })).toMatchObject({
      problems: { 'not-ready': 'Not ready 60 s after its start' },
    });
  });

  it('is STARTING as long as it is a load balancer that serves nobody', () => {
    expect(container({ unserving: 'none of its 2 servers is ready' })).toMatchObject({
      actual: 'STARTING',
      isUp: false,
      notUpIndicators: { instance: 'none of its 2 servers is ready' },
    });
  });

  it('keeps its last state while its host does not answer, and is not overdue meanwhile', () => {
    const host = { name: 'host-1', state: 'unreachable' } as const;
    expect(container({ host })).toMatchObject({ actual: 'RUNNING', isUp: true, problems: {} });
    expect(container({ host, row: { ready: false, startedAt: NOW - 60_000 } })).toMatchObject({ actual: 'STARTING', problems: {} });
    expect(container({ host, entity: entity({ problems: { pull: 'no such image' } }) }).actual).toBe('ON_FIRE');
  });

  it('is STOPPING until it has stopped', () => {
    expect(container({ entity: entity({ goal: 'stopped' }) }).actual).toBe('STOPPING');
    expect(container({ entity: entity({ goal: 'stopped' }), row: { state: 'exited', ready: false } }).actual).toBe('STOPPED');
    expect(container({ entity: entity({ goal: 'destroyed' }) }).actual).toBe('STOPPING');
  });
});

describe('groupState', () => {
  const group = (children: readonly Entity[], quorum: 'all' | 'atLeastOneUnlessEmpty' | number, size: number | null = null) =>
    groupState({ entity: entity(), children, quorum, size });

  it('needs all children of an application', () => {
    expect(group([child('RUNNING'), child('RUNNING')], 'all').actual).toBe('RUNNING');
    expect(group([child('RUNNING'), child('STARTING')], 'all').actual).toBe('STARTING');
    expect(group([child('RUNNING'), child('ON_FIRE')], 'all').actual).toBe('ON_FIRE');
  });

  it('runs by quorum, with the members that are not well as a problem', () => {
    expect(group([child('RUNNING'), child('ON_FIRE')], 'atLeastOneUnlessEmpty')).toMatchObject({
      actual: 'RUNNING',
      isUp: true,
      problems: { members: '1 of 2 not well: on_fire' },
    });
    expect(group([child('ON_FIRE'), child('STARTING')], 'atLeastOneUnlessEmpty').actual).toBe('STARTING');
    expect(group([child('ON_FIRE'), child('ON_FIRE')], 'atLeastOneUnlessEmpty').actual).toBe('ON_FIRE');
    expect(group([child('RUNNING'), child('STARTING')], 2).actual).toBe('STARTING');
    expect(group([], 'atLeastOneUnlessEmpty', 0).actual).toBe('RUNNING');
    expect(group([], 'atLeastOneUnlessEmpty', 3).actual).toBe('STARTING');
  });

  it('does not count children that are stopped or on their way out', () => {
    expect(group([child('RUNNING'), child('STOPPED', { goal: 'stopped' }), child('STOPPING', { goal: 'destroyed' })], 'all').actual).toBe(
      'RUNNING',
    );
  });

  it('is STOPPED once all its children are', () => {
    const stopped = entity({ goal: 'stopped' });
    expect(groupState({ entity: stopped, children: [child('STOPPED'), child('STOPPING')], quorum: 'all', size: null }).actual).toBe(
      'STOPPING',
    );
    expect(groupState({ entity: stopped, children: [child('STOPPED')], quorum: 'all', size: null }).actual).toBe('STOPPED');
  });
});
