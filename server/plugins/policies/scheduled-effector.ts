import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { SCHEDULE_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';

/** Brooklyn’s ScheduledEffectorPolicy. */
export const plugin: AdjunctType = {
  id: 'scheduled-effector',
  title: 'Scheduled effector',
  description: 'Calls an effector at a time.',
  kind: 'policy',
  aliases: classNames('org.apache.brooklyn.policy.action.ScheduledEffectorPolicy'),
  config: z.looseObject({
    ...SCHEDULE_CONFIG,
  }),
  flags: {},
  planned: true,
};
