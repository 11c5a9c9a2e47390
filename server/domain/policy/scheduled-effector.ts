import type { AdjunctInput, Decision } from '../adjunct/behaviour.ts';
import type { JsonObject } from '../shared/json.ts';
import { firstRun, runAfter, type Schedule } from './schedule.ts';

export interface ScheduledEffectorSettings {
  readonly effector: string;
  readonly args: JsonObject;
  /** Null: it says no time. */
  readonly schedule: Schedule | null;
  /** It begins to count when this sensor is true. */
  readonly startSensor: string;
  /** Nothing is called while this sensor is not true. Null: always. */
  readonly enabledSensor: string | null;
}

export interface ScheduledEffectorMemory {
  /** The schedule that it counts by; another begins anew. */
  readonly schedule: string;
  /** Milliseconds since the epoch; null: there is no further one. */
  readonly nextAt: number | null;
  readonly lastAt?: number;
  /** Runs that were not made as nobody was there, since the last that was. */
  readonly missed?: { readonly count: number; readonly lastAt: number };
}

/** A run that comes later than that has been missed: it is told, and not made up for. Milliseconds. */
const LATE_MS = 60_000;

type Input = AdjunctInput<ScheduledEffectorSettings, ScheduledEffectorMemory>;

/** Brooklyn's ScheduledEffectorPolicy and PeriodicEffectorPolicy: calls an effector of its entity at times. */
export function decideScheduled(input: Input): Decision<ScheduledEffectorMemory> {
  const { config, self, read, now } = input;
  const { schedule } = config;
  if (schedule === null) return { highlight: { level: 'frozen', text: 'It has no time: give time, wait or cron' } };
  const key = JSON.stringify(schedule);
  const memory = input.memory?.schedule === key ? input.memory : undefined;
  if (memory === undefined) {
    if (!isTruthy(read.sensor(self.id, config.startSensor)?.value)) {
      return { highlight: { level: 'ok', text: `Begins when ${config.startSensor} of ${self.name} is true` } };
    }
    const nextAt = firstRun(schedule, now);
    return waiting(config, { schedule: key, nextAt }, { now, isNew: true });
  }
  const { nextAt } = memory;
  if (nextAt === null || now < nextAt) return waiting(config, memory, { now, isNew: false });
  const { at, skipped } = runAfter(schedule, nextAt, now);
  const { missed: _, ...kept } = memory;
  if (now - nextAt > LATE_MS) {
    const count = (memory.missed?.count ?? 0) + 1 + skipped;
    return waiting(config, { ...memory, nextAt: at, missed: { count, lastAt: nextAt } }, { now, isNew: true });
  }
  const { enabledSensor } = config;
  if (enabledSensor !== null && !isTruthy(read.sensor(self.id, enabledSensor)?.value)) {
    const next = waiting(config, { ...kept, nextAt: at }, { now, isNew: true });
    const text = `Did not call ${config.effector}: ${enabledSensor} is not true. ${next.highlight?.text ?? ''}`;
    return { ...next, highlight: { level: 'ok', text } };
  }
  const why = `Call ${config.effector} of ${self.name}, as scheduled for ${shown(nextAt)}`;
  return {
    memory: { ...kept, nextAt: at, lastAt: now },
    highlight: { level: 'acts', text: why },
    actions: [{ kind: 'effector', entityId: self.id, effector: config.effector, parameters: config.args, why }],
    ...(at === null ? {} : { lookAgainAt: at }),
  };
}

function waiting(
  { effector }: ScheduledEffectorSettings,
  memory: ScheduledEffectorMemory,
  { now, isNew }: { readonly now: number; readonly isNew: boolean },
): Decision<ScheduledEffectorMemory> {
  const { nextAt, missed, lastAt } = memory;
  const next = nextAt === null ? `No further call of ${effector}` : `Calls ${effector} at ${shown(nextAt)}`;
  const last = lastAt === undefined ? '' : `; the last was at ${shown(lastAt)}`;
  const lost =
    missed &&
    `${missed.count} ${missed.count === 1 ? 'call was' : 'calls were'} missed, the last at ${shown(missed.lastAt)}; not made up for`;
  return {
    ...(isNew ? { memory } : {}),
    highlight: lost === undefined ? { level: 'ok', text: `${next}${last}` } : { level: 'failed', text: `${lost}. ${next}` },
    ...(nextAt === null ? {} : { lookAgainAt: Math.max(nextAt, now + 1) }),
  };
}

function isTruthy(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== 0 && value !== '' && value !== 'false';
}

function shown(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
