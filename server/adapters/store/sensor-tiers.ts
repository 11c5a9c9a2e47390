import type { SensorSample } from '../../ports/store.ts';

/** How finely and how long numeric sensors are kept. Widths and ages in milliseconds. */
export interface SensorTier {
  readonly tier: number;
  readonly widthMs: number;
  readonly keepMs: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const SENSOR_TIERS: readonly SensorTier[] = [
  { tier: 0, widthMs: 1000, keepMs: 15 * MINUTE },
  { tier: 1, widthMs: MINUTE, keepMs: 24 * HOUR },
  { tier: 2, widthMs: HOUR, keepMs: 30 * 24 * HOUR },
];

const FINEST: SensorTier = { tier: 0, widthMs: 1000, keepMs: 15 * MINUTE };

/** Whoever asks for all that a tier holds has read the time a moment ago, from another clock. */
const SLACK_MS = 30_000;

/** The finest tier that still holds `fromMs`, give or take a moment; the coarsest when none does. */
export function tierFor(fromMs: number, nowMs: number): SensorTier {
  return SENSOR_TIERS.find(({ keepMs }) => fromMs >= nowMs - keepMs - SLACK_MS) ?? SENSOR_TIERS.at(-1) ?? FINEST;
}

/** Mean of `samples` values of one sensor in the time slot that begins at `at`. */
export interface SensorPoint {
  readonly subject_id: string;
  readonly sensor: string;
  readonly tier: number;
  readonly at: number;
  readonly value: number;
  readonly samples: number;
}

/** Samples as points of all tiers; values of one slot become their mean. Values that are no finite number are left out. */
export function toPoints(samples: readonly SensorSample[]): readonly SensorPoint[] {
  const points = new Map<string, SensorPoint>();
  for (const { subjectId, sensor, at, value } of samples) {
    if (!Number.isFinite(value)) continue;
    for (const { tier, widthMs } of SENSOR_TIERS) {
      const slot = Math.floor(at / widthMs) * widthMs;
      const key = `${tier}\n${slot}\n${subjectId}\n${sensor}`;
      const known = points.get(key);
      const count = (known?.samples ?? 0) + 1;
      const mean = known ? known.value + (value - known.value) / count : value;
      points.set(key, { subject_id: subjectId, sensor, tier, at: slot, value: mean, samples: count });
    }
  }
  return [...points.values()];
}
