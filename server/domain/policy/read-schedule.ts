import type { JsonObject } from '../shared/json.ts';
import { milliseconds, sensorOf } from './read-config.ts';
import type { FirstTime, Schedule } from './schedule.ts';
import type { ScheduledEffectorSettings } from './scheduled-effector.ts';

/** What `SCHEDULE_CONFIG` lets through. */
interface ScheduleConfig {
  readonly effector: string;
  readonly args?: JsonObject | undefined;
  readonly time?: string | undefined;
  readonly timezone: string;
  readonly wait?: string | number | undefined;
  readonly 'start.sensor'?: string | { readonly name: string } | undefined;
  readonly 'enabled.sensor'?: string | { readonly name: string } | undefined;
}

/** When it is called first, as far as it is said; `time` wins. */
export function firstTime({ time, timezone, wait }: ScheduleConfig): FirstTime | null {
  if (time !== undefined) return { at: time, timezone };
  return wait === undefined ? null : { afterMs: milliseconds(wait) };
}

export function scheduledSettings(value: ScheduleConfig, schedule: Schedule | null): ScheduledEffectorSettings {
  return {
    effector: value.effector,
    args: value.args ?? {},
    schedule,
    startSensor: sensorOf(value['start.sensor']) ?? 'service.isUp',
    enabledSensor: sensorOf(value['enabled.sensor']),
  };
}

export function scheduledSensors({ startSensor, enabledSensor }: ScheduledEffectorSettings): readonly string[] {
  return enabledSensor === null ? [startSensor] : [startSensor, enabledSensor];
}
