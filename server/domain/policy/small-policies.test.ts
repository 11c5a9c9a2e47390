import { describe, expect, it } from 'vitest';
import { aSeenWorld, livingIn } from '../../testing/looking.ts';
import { anEntity } from '../../testing/records.ts';
import type { EntityId } from '../shared/ids.ts';
import { decideSuspension } from './conditional-suspend.ts';
import { decideOnChange, decideOnCollection } from './effector-on-change.ts';
import { decideStop } from './stop-after-duration.ts';

const WEB = 'web' as EntityId;

function world() {
  const seen = aSeenWorld();
  seen.put(anEntity({ id: WEB, name: 'web', actual: 'RUNNING' }));
  return seen;
}

describe('stop after a time', () => {
  it('counts from the state on, stops once, and begins anew when it is started again', () => {
    const seen = world();
    seen.put(anEntity({ id: WEB, name: 'web', actual: 'STARTING' }));
    const policy = livingIn(seen, WEB, { lifetimeMs: 60_000, state: 'running' }, decideStop);
    expect(policy.decide()).not.toHaveProperty('memory');
    seen.put(anEntity({ id: WEB, name: 'web', actual: 'RUNNING' }));
    expect(policy.decide().lookAgainAt).toBe(1_060_000);
    seen.now += 60_000;
    expect(policy.decide().actions).toMatchObject([{ effector: 'stop' }]);
    expect(policy.decide()).not.toHaveProperty('actions');
    seen.now += 5_000;
    seen.put(anEntity({ id: WEB, name: 'web', actual: 'RUNNING', expected: { state: 'RUNNING', at: seen.now } }));
    expect(policy.decide()).toMatchObject({ lookAgainAt: seen.now + 60_000 });
  });

  it('stops what should have been stopped while nobody was there', () => {
    const seen = world();
    const policy = livingIn(seen, WEB, { lifetimeMs: 60_000, state: 'RUNNING' }, decideStop);
    policy.decide();
    seen.now += 7_200_000;
    expect(policy.decide().actions).toHaveLength(1);
  });
});

describe('an effector on a change', () => {
  it('is called for each other value, the first too, and for nothing else', () => {
    const seen = world();
    const policy = livingIn(seen, WEB, { sensor: 'version', producer: WEB, effector: 'reload' }, decideOnChange);
    expect(policy.decide()).not.toHaveProperty('actions');
    for (const [value, calls] of [
      ['1', 1],
      ['1', 0],
      ['2', 1],
    ] as const) {
      seen.say(WEB, 'version', value);
      expect(policy.decide().actions ?? []).toHaveLength(calls);
    }
  });

  it('is called for each item that comes or goes', () => {
    const seen = world();
    const policy = livingIn(seen, WEB, { sensor: 'hosts', onAdded: 'add', onRemoved: 'drop', parameter: 'value' }, decideOnCollection);
    seen.say(WEB, 'hosts', ['a', 'b']);
    expect(policy.decide().actions).toMatchObject([
      { effector: 'add', parameters: { value: 'a' } },
      { effector: 'add', parameters: { value: 'b' } },
    ]);
    seen.say(WEB, 'hosts', ['b', 'c']);
    expect(policy.decide().actions).toMatchObject([
      { effector: 'add', parameters: { value: 'c' } },
      { effector: 'drop', parameters: { value: 'a' } },
    ]);
    expect(policy.decide()).not.toHaveProperty('actions');
  });

  it('takes the entries of a map, and a large one in parts', () => {
    const seen = world();
    const policy = livingIn(seen, WEB, { sensor: 'hosts', onAdded: 'add', onRemoved: null, parameter: 'value' }, decideOnCollection);
    seen.say(WEB, 'hosts', Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`k${n}`, n])));
    const first = policy.decide();
    expect(first.actions).toHaveLength(50);
    expect(first.actions?.[0]).toMatchObject({ parameters: { value: { key: 'k0', value: 0 } } });
    expect(policy.decide().actions).toHaveLength(10);
  });
});

describe('conditional suspend', () => {
  it('suspends on one sensor and resumes on the other, once each; the newer counts', () => {
    const seen = world();
    const settings = { suppressSensor: 'ha.connectionFailed', resetSensor: 'ha.connectionRecovered', target: 'scaler' };
    const policy = livingIn(seen, WEB, settings, decideSuspension);
    expect(policy.decide()).not.toHaveProperty('actions');
    seen.say(WEB, 'ha.connectionFailed', { at: 5 });
    expect(policy.decide().actions).toMatchObject([{ kind: 'suspend', key: 'scaler' }]);
    expect(policy.decide()).not.toHaveProperty('actions');
    seen.say(WEB, 'ha.connectionRecovered', { at: 9 });
    expect(policy.decide().actions).toMatchObject([{ kind: 'resume', key: 'scaler' }]);
    seen.say(WEB, 'ha.connectionFailed', { at: 11 });
    expect(policy.decide().actions).toMatchObject([{ kind: 'suspend' }]);
  });
});
