import { expect, it } from 'vitest';
import { containerLook, countTones, describeTones, worstTone } from './container-look.ts';

const instance = { id: 'i1', state: 'removing' } as never;
const entity = { instanceId: 'i1', actual: 'RUNNING', problems: {} } as never;

it('shows an entity by the container that serves, and any other by its own state', () => {
  expect(containerLook({ instance, entity, host: undefined }).text).toBe('RUNNING');
  expect(containerLook({ instance: { id: 'i0', state: 'removing' } as never, entity, host: undefined }).text).toBe('removing');
});

it('does not know what runs on a host that does not answer', () => {
  expect(containerLook({ instance, entity, host: { state: 'unreachable', since: 5 } }).tone).toBe('unknown');
  expect(containerLook({ instance, entity, host: { state: 'lost', since: 5 } }).tone).toBe('ok');
});

it('says the worst first', () => {
  const counts = countTones(['ok', 'bad', 'ok', 'busy']);
  expect(worstTone(counts)).toBe('bad');
  expect(describeTones(counts)).toBe('4 containers: 1 on fire, 1 changing, 2 running');
  expect([worstTone(countTones([])), describeTones(countTones([]))]).toEqual([null, 'no containers']);
});
