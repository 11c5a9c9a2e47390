import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aSeenWorld, livingIn } from '../../testing/looking.ts';
import { anEntity } from '../../testing/records.ts';
import type { ActionOutcome, Decision } from '../adjunct/behaviour.ts';
import type { Entity } from '../entity/entity.ts';
import { standingOf } from './choose-primary.ts';
import { decideElection, type ElectionMemory, type ElectionSettings } from './elect-primary.ts';

const SETTINGS: ElectionSettings = {
  among: 'members',
  mode: 'failover',
  sensor: 'primary',
  weight: { sensor: 'ha.primary.weight', preset: 0 },
  promote: 'promote',
  demote: 'demote',
  stoppedWaitMs: 5_000,
  startingWaitMs: 300_000,
};

const EFFECTORS = ['promote', 'demote'].map((name) => ({ type: 'ssh-command-effector', config: { name } }));
const STATES = {
  up: { actual: 'RUNNING', sensors: { 'service.isUp': true } },
  exited: { actual: 'ON_FIRE', notUpIndicators: { instance: 'its container is exited' } },
  unready: { actual: 'ON_FIRE', notUpIndicators: { instance: 'its container is not ready' } },
  starting: { actual: 'STARTING', notUpIndicators: { instance: 'its container is created' } },
  refused: { actual: 'ON_FIRE', sensors: { 'service.isUp': true }, problems: { host: 'h1 refuses us' } },
  leaving: { goal: 'destroyed', actual: 'STOPPING', sensors: { 'service.isUp': true } },
} as const;
type State = keyof typeof STATES;

function scene(settings: Partial<ElectionSettings> = {}, hasEffectors = true) {
  const world = aSeenWorld();
  world.put(anEntity({ id: 'db', name: 'db', size: 3 }));
  const is = (slot: number, state: State) => {
    const spec = { config: {}, ...(hasEffectors ? { initializers: EFFECTORS } : {}) };
    world.put(
      anEntity({
        id: `m${slot}`,
        name: `db-${slot}`,
        parentId: 'db',
        slot,
        spec: spec as never,
        instanceId: 'i' as never,
        ...STATES[state],
      }),
    );
  };
  for (const slot of [1, 2, 3]) is(slot, 'up');
  const policy = livingIn<ElectionSettings, ElectionMemory>(world, 'db', { ...SETTINGS, ...settings }, decideElection);
  /** Asked until it asks for nothing more; each call ends as `ends` says. */
  const settle = (afterMs = 0, ends: (call: string) => string | null = () => null): readonly string[] => {
    world.now += afterMs;
    const calls: string[] = [];
    let outcomes: readonly ActionOutcome[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      const decision: Decision<ElectionMemory> = policy.decide(outcomes);
      const actions = decision.actions ?? [];
      const named = actions.map((action) => (action.kind === 'effector' ? `${action.effector} ${action.entityId}` : action.kind));
      outcomes = actions.map((action, n) => ({ action, at: world.now, problem: ends(named[n] ?? '') }));
      calls.push(...named);
      if (actions.length === 0) break;
    }
    return calls;
  };
  return { world, policy, is, settle, primary: () => world.readings.get('db primary')?.value };
}

describe('the election of a primary', () => {
  it('puts the oldest in charge, and leaves it there', () => {
    const { settle, primary } = scene();
    expect([settle(), primary(), settle(60_000)]).toEqual([['promote m1'], 'm1', []]);
  });

  it('puts another in the place of one that has stopped, after the time it has to come back', () => {
    const { settle, is, primary } = scene();
    settle();
    is(1, 'exited');
    expect(settle()).toEqual([]);
    expect(settle(4_999)).toEqual([]);
    expect([settle(1), primary()]).toEqual([['promote m2'], 'm2']);
  });

  it('gives one that starts longer', () => {
    const { settle, is, primary } = scene();
    settle();
    is(1, 'starting');
    expect([settle(), settle(299_000)]).toEqual([[], []]);
    is(1, 'up');
    settle(10_000);
    expect(primary()).toBe('m1');
  });

  it('lets the old one step back before the new one is promoted', () => {
    const { settle, world, primary } = scene({ mode: 'best' });
    settle();
    world.say('m3', 'ha.primary.weight', 9);
    expect([settle(), primary()]).toEqual([['demote m1', 'promote m3'], 'm3']);
  });

  it('promotes nobody while the old one does not step back', () => {
    const { settle, is, primary, policy } = scene();
    settle();
    is(1, 'unready');
    settle();
    const refuses = (call: string) => (call.startsWith('demote') ? 'it did not answer' : null);
    expect(settle(5_000, refuses)).toEqual(['demote m1']);
    expect(settle(10_000, refuses)).toEqual(['demote m1']);
    expect(primary()).toBeUndefined();
    expect(policy.decide().highlight?.text).toMatch(/^Puts nobody in charge before db-1 has stepped back/);
    is(1, 'exited');
    expect(settle()).toEqual(['promote m2']);
  });

  it('is fenced where it cannot know whether the old one runs', () => {
    const { settle, is, primary, policy } = scene();
    settle();
    is(1, 'refused');
    expect([settle(), settle(3_600_000), primary()]).toEqual([[], [], 'm1']);
    expect(policy.decide().highlight?.text).toBe('Puts nobody in the place of db-1: its host refuses us, and it may be running there');
  });

  it('waits until one that is taken away has stopped', () => {
    const { settle, is, world } = scene();
    settle();
    is(1, 'leaving');
    expect(settle(60_000)).toEqual([]);
    world.entities.delete('m1');
    expect(settle()).toEqual(['promote m2']);
  });

  it('puts nobody of equals in charge where it is to be strict', () => {
    const { settle, world, primary } = scene({ mode: 'strict' });
    expect([settle(), primary()]).toEqual([[], undefined]);
    world.say('m2', 'ha.primary.weight', 1);
    expect(settle()).toEqual(['promote m2']);
  });

  it('never puts in charge what has a weight below 0', () => {
    const { settle, world } = scene();
    for (const slot of [1, 2, 3]) world.say(`m${slot}`, 'ha.primary.weight', -1);
    expect(settle()).toEqual([]);
  });

  it('needs no effectors: it says who is in charge', () => {
    const { settle, world, primary } = scene({ mode: 'best' }, false);
    settle();
    world.say('m3', 'ha.primary.weight', 9);
    expect([settle(), primary()]).toEqual([[], 'm3']);
  });

  it('promotes again who has stepped back and is the only one left', () => {
    const { settle, is, primary } = scene({ mode: 'best' });
    settle();
    is(1, 'unready');
    for (const slot of [2, 3]) is(slot, 'unready');
    settle();
    settle(5_000);
    is(1, 'up');
    settle();
    expect(primary()).toBe('m1');
  });

  it('never promotes one while another may be in charge, whatever happens', () => {
    const event = fc.record({
      slot: fc.integer({ min: 1, max: 3 }),
      state: fc.constantFrom<State>('up', 'exited', 'unready', 'starting', 'refused'),
      weight: fc.integer({ min: -1, max: 3 }),
      afterMs: fc.constantFrom(0, 1_000, 6_000, 11_000, 400_000),
      works: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), fc.constantFrom('failover', 'best', 'strict'), (events, mode) => {
        const { settle, is, world } = scene({ mode } as Partial<ElectionSettings>);
        const inCharge = new Set<string>();
        const may = (id: string) => standingOf(world.entities.get(id) as Entity) !== 'stopped';
        for (const { slot, state, weight, afterMs, works } of events) {
          is(slot, state);
          if (state === 'exited' || state === 'starting') inCharge.delete(`m${slot}`);
          world.say(`m${slot}`, 'ha.primary.weight', weight);
          settle(afterMs, (call) => {
            const [what, id = ''] = call.split(' ');
            if (what === 'demote') {
              if (works) inCharge.delete(id);
              return works ? null : 'no';
            }
            expect([...inCharge].filter((other) => other !== id && may(other))).toEqual([]);
            inCharge.add(id);
            return null;
          });
        }
      }),
      { numRuns: 500 },
    );
  });
});
