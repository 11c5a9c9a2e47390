import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { SCHEDULE_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';
import { firstTime, scheduledSensors, scheduledSettings } from '../../domain/policy/read-schedule.ts';
import { cronProblem } from '../../domain/policy/schedule.ts';
import { decideScheduled, type ScheduledEffectorMemory, type ScheduledEffectorSettings } from '../../domain/policy/scheduled-effector.ts';

const cron = z.string('needs a cron expression').superRefine((pattern, context) => {
  const problem = cronProblem(pattern);
  if (problem !== null) context.addIssue({ code: 'custom', message: `needs a cron expression such as "30 8 * * MON-FRI": ${problem}` });
});

const config = z.looseObject({
  ...SCHEDULE_CONFIG,
  cron: optional(
    cron,
    'Again and again at',
    'Minute, hour, day, month and weekday, as in crontab; seconds before them where there are six.',
  ),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s ScheduledEffectorPolicy, and again and again by `cron`, which Brooklyn has not. */
export const plugin: AdjunctType<Config, ScheduledEffectorMemory> = {
  id: 'scheduled-effector',
  title: 'Scheduled effector',
  description: 'Calls an effector at a time.',
  kind: 'policy',
  aliases: classNames('org.apache.brooklyn.policy.action.ScheduledEffectorPolicy'),
  config,
  flags: {},
  planned: false,
  behaviour: {
    durable: true,
    watches: (value) => [{ of: 'entity', sensors: scheduledSensors(toSettings(value)) }],
    decide: (input) => decideScheduled({ ...input, config: toSettings(input.config) }),
  },
};

function toSettings(value: Config): ScheduledEffectorSettings {
  if (value.cron !== undefined) return scheduledSettings(value, { kind: 'cron', pattern: value.cron, timezone: value.timezone });
  const first = firstTime(value);
  return scheduledSettings(value, first && { kind: 'once', first });
}
