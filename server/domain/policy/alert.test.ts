import { describe, expect, it } from 'vitest';
import { aSeenWorld, livingIn } from '../../testing/looking.ts';
import { anEntity } from '../../testing/records.ts';
import type { ActionOutcome, AdjunctAction } from '../adjunct/behaviour.ts';
import { type AlertMemory, type AlertSettings, decideAlert } from './alert.ts';
import { conditionProblem, sensorsOfCondition } from './sensor-condition.ts';

const SETTINGS: AlertSettings = {
  title: 'Load is high',
  condition: 'sensors["load"] > 20',
  forMs: 0,
  coolDownMs: 900_000,
  againMs: 0,
  tellsEnd: true,
  webhook: { url: 'https://hooks.example.org/x', headers: {} },
  mail: null,
};

function scene(settings: Partial<AlertSettings> = {}) {
  const world = aSeenWorld();
  world.put(anEntity({ id: 'web', name: 'web', actual: 'RUNNING' }));
  const policy = livingIn<AlertSettings, AlertMemory>(world, 'web', { ...SETTINGS, ...settings }, decideAlert);
  const load = (value: number | undefined, afterMs = 0, outcomes: readonly ActionOutcome[] = []) => {
    world.now += afterMs;
    world.say('web', 'load', value);
    return policy.decide(outcomes);
  };
  return { world, policy, load };
}

function states(actions: readonly AdjunctAction[] | undefined): readonly unknown[] {
  return (actions ?? []).map((action) => (action.kind === 'webhook' ? action.request.body.state : action.kind));
}

describe('an alert', () => {
  it('is told once while it lasts, and when it is over', () => {
    const { load } = scene();
    expect(load(10).actions).toEqual([]);
    const [told] = load(25).actions ?? [];
    expect(told).toMatchObject({
      kind: 'webhook',
      why: 'Tell the webhook: Load is high (web: load is 25)',
      request: { body: { state: 'firing', sensors: { load: 25 }, entity: { name: 'web' }, since: '1970-01-01T00:16:40.000Z' } },
    });
    expect(load(26, 60_000).actions).toEqual([]);
    expect(states(load(10, 60_000).actions)).toEqual(['resolved']);
    expect(load(10).actions).toEqual([]);
  });

  it('waits for it to last', () => {
    const { load } = scene({ forMs: 30_000 });
    expect(load(25)).toMatchObject({ actions: [], lookAgainAt: 1_030_000 });
    load(10, 20_000);
    load(25, 1_000);
    expect(load(25, 29_999).actions).toEqual([]);
    expect(states(load(25, 1).actions)).toEqual(['firing']);
  });

  it('pauses between one and the next, and tells then what still holds', () => {
    const { load } = scene();
    load(25);
    load(10, 1_000);
    expect(load(25, 1_000)).toMatchObject({ actions: [], lookAgainAt: 1_900_000 });
    expect(states(load(25, 898_000).actions)).toEqual(['firing']);
  });

  it('never tells more than one alert a pause, however it flaps', () => {
    const { load } = scene();
    const told = Array.from({ length: 3_600 }, (_, second) => states(load(second % 2 === 0 ? 25 : 10, 1_000).actions)).flat();
    expect(told.filter((state) => state === 'firing').length).toBeLessThanOrEqual(5);
  });

  it('says it again where it is asked to', () => {
    const { load } = scene({ againMs: 60_000 });
    load(25);
    expect(load(25, 59_999).actions).toEqual([]);
    expect(states(load(25, 1).actions)).toEqual(['firing']);
  });

  it('tells nothing, visibly, of what cannot be told, and takes it for no end', () => {
    const { load } = scene();
    expect(load(undefined)).toMatchObject({ actions: [], highlight: { level: 'frozen', text: 'Cannot be told: No such key: load' } });
    load(25);
    expect(load(undefined).actions).toEqual([]);
    expect(states(load(10).actions)).toEqual(['resolved']);
  });

  it('tries again what was not taken, with the same id, ever later, and gives up', () => {
    const { load, policy, world } = scene();
    let [action] = load(25).actions ?? [];
    const first = action;
    const waits: number[] = [];
    while (action) {
      const next = policy.decide([{ action, at: world.now, problem: 'it answers 503' }]);
      expect(next.highlight).toMatchObject({ level: 'failed', text: expect.stringContaining('it answers 503') });
      if (next.lookAgainAt === undefined) break;
      waits.push(next.lookAgainAt - world.now);
      world.now = next.lookAgainAt;
      [action] = policy.decide().actions ?? [];
      expect(action).toEqual(first);
    }
    expect(waits).toEqual([10_000, 20_000, 40_000, 80_000]);
  });

  it('is told by mail too', () => {
    const server = { host: 'mail.example.org', port: 587, security: 'starttls', user: 'ck', password: '__secret_x__' } as const;
    const { load } = scene({ webhook: null, mail: { server, from: 'clocker@example.org', to: ['ops@example.org'] } });
    expect(load(25).actions).toMatchObject([
      {
        kind: 'mail',
        message: { subject: '[Clocker] Load is high: web', to: ['ops@example.org'] },
        why: 'Mail to 1: Load is high (web: load is 25)',
      },
    ]);
  });
});

describe('a condition', () => {
  it.each(['sensors["load"] > 20', 'sensors.load > 20.5 && entity.up', 'has(sensors.load)', 'entity.state == "ON_FIRE"'])(
    'may be %s',
    (condition) => {
      expect(conditionProblem(condition)).toBeNull();
    },
  );

  it.each([
    ['sensors["load"', /.+/],
    ['1 + 1', /it gives int, not true or false/],
    ['nobody > 1', /.+/],
    ['sensors.a.all(x, sensors.a.all(y, sensors.a.all(z, x > z)))', /goes through lists more than 2 times/],
    [`${'('.repeat(60)}true${')'.repeat(60)} && ${'true && '.repeat(300)}true`, /.+/],
  ])('may not be %s', (condition, problem) => {
    expect(conditionProblem(condition)).toMatch(problem);
  });

  it('names its sensors', () => {
    expect(sensorsOfCondition(`sensors.load > 2 && sensors["queue.length"] < 3 && 'x.y' in sensors && sensors['load'] > 1`)).toEqual([
      'load',
      'queue.length',
      'x.y',
    ]);
  });
});
