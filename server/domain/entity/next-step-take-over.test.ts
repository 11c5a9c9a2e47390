import { expect, it } from 'vitest';
import { facts, instance } from '../../testing/entity-facts.ts';
import { nextStep } from './next-step.ts';
import type { EntityFacts } from './step-facts.ts';

const kindOf = (fields: Partial<EntityFacts>) => nextStep(facts(fields)).kind;

it('stops the one that has its address only once all else is there, and waits for a host that is away with it', () => {
  const endpoints = [{ networkId: 'n', network: 'back', address: '10.208.0.1', mac: '' }];
  const old = instance('running', { id: 'i0' as never, endpoints });
  const next = instance('planned', { hostId: 'other' as never, endpoints, ready: false });
  const instances = [old, next];
  expect(kindOf({ instances, imagePresent: false })).toBe('pull');
  expect(kindOf({ instances, network: { name: 'back', problem: '' } })).toBe('wait');
  expect(nextStep(facts({ instances }))).toEqual({ kind: 'stop', instance: old });
  expect(kindOf({ instances: [{ ...old, state: 'exited' }, next] })).toBe('create');
  expect(kindOf({ instances, hosts: { h: 'unreachable', other: 'ready' } as EntityFacts['hosts'] })).toBe('wait');
  expect(kindOf({ instances, hosts: { h: 'lost', other: 'ready' } as EntityFacts['hosts'] })).toBe('create');
  expect(kindOf({ instances: [{ ...old, endpoints: [] }, next] })).toBe('create');
});
