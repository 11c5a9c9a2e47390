import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { SCHEDULE_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset } from '../../domain/entity-types/config-values.ts';
import { milliseconds } from '../../domain/policy/read-config.ts';
import { firstTime, scheduledSensors, scheduledSettings } from '../../domain/policy/read-schedule.ts';
import { decideScheduled, type ScheduledEffectorMemory, type ScheduledEffectorSettings } from '../../domain/policy/scheduled-effector.ts';

/** More often would be a loop. Milliseconds. */
const SHORTEST_PERIOD_MS = 1_000;

const config = z.looseObject({
  ...SCHEDULE_CONFIG,
  period: preset(duration, '1h', 'Period'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s PeriodicEffectorPolicy. */
export const plugin: AdjunctType<Config, ScheduledEffectorMemory> = {
  id: 'periodic-effector',
  title: 'Periodic effector',
  description: 'Calls an effector again and again.',
  kind: 'policy',
  aliases: classNames('org.apache.brooklyn.policy.action.PeriodicEffectorPolicy'),
  config,
  flags: {},
  planned: false,
  behaviour: {
    durable: true,
    watches: (value) => [{ of: 'entity', sensors: scheduledSensors(toSettings(value)) }],
    decide: (input) => decideScheduled({ ...input, config: toSettings(input.config) }),
  },
};

/** The first call comes after one period unless it is said when. */
function toSettings(value: Config): ScheduledEffectorSettings {
  const periodMs = Math.max(SHORTEST_PERIOD_MS, milliseconds(value.period));
  return scheduledSettings(value, { kind: 'every', periodMs, first: firstTime(value) ?? { afterMs: periodMs } });
}
