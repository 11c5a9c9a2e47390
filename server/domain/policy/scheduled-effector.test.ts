import { describe, expect, it } from 'vitest';
import { aSeenWorld, livingIn } from '../../testing/looking.ts';
import { anEntity } from '../../testing/records.ts';
import { cronProblem, firstRun, isTime, runAfter, type Schedule } from './schedule.ts';
import { decideScheduled, type ScheduledEffectorMemory, type ScheduledEffectorSettings } from './scheduled-effector.ts';

const START = Date.parse('2026-11-27T07:00:00Z');
const HOURLY: Schedule = { kind: 'every', periodMs: 3_600_000, first: { afterMs: 3_600_000 } };
const SETTINGS: ScheduledEffectorSettings = {
  effector: 'backup',
  args: { full: true },
  schedule: HOURLY,
  startSensor: 'service.isUp',
  enabledSensor: null,
};

function scene(settings: Partial<ScheduledEffectorSettings> = {}, isUp = true) {
  const world = aSeenWorld(START);
  world.put(anEntity({ id: 'db', name: 'db', sensors: { 'service.isUp': isUp } }));
  const policy = livingIn(world, 'db', { ...SETTINGS, ...settings }, decideScheduled);
  const at = (time: string) => {
    world.now = Date.parse(`2026-11-27T${time}Z`);
    return policy.decide();
  };
  return { world, policy, at };
}

describe('a schedule', () => {
  it('is a time of day where it is wanted', () => {
    expect(firstRun({ kind: 'once', first: { at: '08:30', timezone: 'UTC' } }, START)).toBe(Date.parse('2026-11-27T08:30:00Z'));
    expect(firstRun({ kind: 'once', first: { at: '06:30', timezone: 'UTC' } }, START)).toBe(Date.parse('2026-11-28T06:30:00Z'));
    expect(firstRun({ kind: 'once', first: { at: '08:30', timezone: 'Europe/Berlin' } }, START)).toBe(Date.parse('2026-11-27T07:30:00Z'));
  });

  it('is a date, at once, or after a while', () => {
    expect(firstRun({ kind: 'once', first: { at: '2026-12-01T10:00', timezone: 'UTC' } }, START)).toBe(Date.parse('2026-12-01T10:00:00Z'));
    expect(firstRun({ kind: 'once', first: { at: '2020-12-01T10:00', timezone: 'UTC' } }, START)).toBeNull();
    expect(firstRun({ kind: 'once', first: { at: 'immediately', timezone: 'UTC' } }, START)).toBe(START);
    expect(firstRun({ kind: 'once', first: { afterMs: 5_000 } }, START)).toBe(START + 5_000);
  });

  it('follows crontab, in its time zone', () => {
    const nightly: Schedule = { kind: 'cron', pattern: '30 2 * * MON-FRI', timezone: 'Europe/Berlin' };
    const first = firstRun(nightly, START);
    expect(first).toBe(Date.parse('2026-11-30T01:30:00Z'));
    expect(runAfter(nightly, first ?? 0, first ?? 0).at).toBe(Date.parse('2026-12-01T01:30:00Z'));
  });

  it('keeps to its grid, whenever it looks', () => {
    expect(runAfter(HOURLY, START, START + 5)).toEqual({ at: START + 3_600_000, skipped: 0 });
    expect(runAfter(HOURLY, START, START + 3 * 3_600_000 + 5)).toEqual({ at: START + 4 * 3_600_000, skipped: 3 });
  });

  it('says what is no schedule', () => {
    expect(['08:30', '8:30:15', '2026-11-27T08:30', 'now'].map(isTime)).toEqual([true, true, true, true]);
    expect(['25:00', 'tomorrow', '2026-13-99T08:30', ''].map(isTime)).toEqual([false, false, false, false]);
    expect(cronProblem('30 2 * * *')).toBeNull();
    expect(cronProblem('61 2 * * *')).not.toBeNull();
    expect(cronProblem('0 0 30 2 *')).not.toBeNull();
  });
});

describe('a scheduled effector', () => {
  it('begins when its sensor is true, and calls at its times', () => {
    const { world, at } = scene({}, false);
    expect(at('07:00:00').highlight?.text).toBe('Begins when service.isUp of db is true');
    world.put(anEntity({ id: 'db', name: 'db', sensors: { 'service.isUp': true } }));
    expect(at('07:10:00').lookAgainAt).toBe(Date.parse('2026-11-27T08:10:00Z'));
    expect(at('08:09:59')).not.toHaveProperty('actions');
    expect(at('08:10:00').actions).toEqual([
      {
        kind: 'effector',
        entityId: 'db',
        effector: 'backup',
        parameters: { full: true },
        why: 'Call backup of db, as scheduled for 2026-11-27 08:10:00 UTC',
      },
    ]);
    expect(at('08:10:01')).not.toHaveProperty('actions');
    expect(at('09:10:30').actions).toHaveLength(1);
  });

  it('tells runs that were missed, and does not make up for them', () => {
    const { at } = scene();
    at('07:00:00');
    const late = at('10:30:00');
    expect(late).not.toHaveProperty('actions');
    expect(late.highlight).toEqual({
      level: 'failed',
      text: '3 calls were missed, the last at 2026-11-27 08:00:00 UTC; not made up for. Calls backup at 2026-11-27 11:00:00 UTC',
    });
    expect(at('11:00:00').actions).toHaveLength(1);
    expect(at('11:00:01').highlight?.level).toBe('ok');
  });

  it('calls once where it is for once', () => {
    const { at } = scene({ schedule: { kind: 'once', first: { at: '08:30', timezone: 'UTC' } } });
    at('07:00:00');
    expect(at('08:30:00').actions).toHaveLength(1);
    expect(at('23:00:00')).toMatchObject({
      highlight: { level: 'ok', text: 'No further call of backup; the last was at 2026-11-27 08:30:00 UTC' },
    });
  });

  it('calls nothing while it is not enabled, and goes on', () => {
    const { at, world } = scene({ enabledSensor: 'by.night' });
    at('07:00:00');
    expect(at('08:00:00').highlight?.text).toMatch(/^Did not call backup: by.night is not true/);
    world.say('db', 'by.night', true);
    expect(at('09:00:00').actions).toHaveLength(1);
  });

  it('begins anew by another schedule', () => {
    const { at, world } = scene();
    at('07:00:00');
    const other = livingIn<ScheduledEffectorSettings, ScheduledEffectorMemory>(
      world,
      'db',
      { ...SETTINGS, schedule: { ...HOURLY, periodMs: 60_000, first: { afterMs: 60_000 } } },
      (input) => decideScheduled({ ...input, memory: input.memory ?? { schedule: 'of before', nextAt: 0 } }),
    );
    expect(other.decide().lookAgainAt).toBe(START + 60_000);
  });
});
