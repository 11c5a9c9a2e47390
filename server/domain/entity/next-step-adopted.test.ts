import { expect, it } from 'vitest';
import { entity, facts, instance, NOW } from '../../testing/entity-facts.ts';
import { nextStep } from './next-step.ts';
import type { EntityFacts, Step } from './step-facts.ts';

function kindOf(fields: Partial<EntityFacts>): Step['kind'] {
  return nextStep(facts(fields)).kind;
}

it('starts an adopted container again as it is, unless it is gone, stale or to leave', () => {
  const adopted = { containerId: 'a'.repeat(64), by: 'ann', at: 0 };
  const ended = instance('exited', { startedAt: NOW - 10, containerId: 'a'.repeat(64), adopted });
  expect(nextStep(facts({ instances: [ended] }))).toMatchObject({ kind: 'revive', failures: 0 });
  expect(kindOf({ instances: [ended], entity: entity({ crash: { failures: 1, lastAt: NOW - 10 } }) })).toBe('wait');
  expect(kindOf({ instances: [{ ...ended, containerId: null }] })).toBe('replace');
  expect(kindOf({ instances: [{ ...ended, specHash: 'h0' }] })).toBe('replace');
  expect(kindOf({ instances: [ended], cordoned: ['h'] })).toBe('abandon');
  expect(kindOf({ instances: [{ ...ended, stoppingSince: NOW }] })).toBe('start');
});

it('waits for what others are to have made on its host, and says so', () => {
  const missing = 'volume data: host-1 has none by that name';
  expect(nextStep(facts({ instances: [instance('planned')], missing, imagePresent: false }))).toEqual({
    kind: 'wait',
    for: missing,
    problem: { key: 'external', text: missing },
  });
});
