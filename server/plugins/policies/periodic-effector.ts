import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { SCHEDULE_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s PeriodicEffectorPolicy. */
export const plugin: AdjunctType = {
  id: 'periodic-effector',
  title: 'Periodic effector',
  description: 'Calls an effector again and again.',
  kind: 'policy',
  aliases: classNames('org.apache.brooklyn.policy.action.PeriodicEffectorPolicy'),
  config: z.looseObject({
    ...SCHEDULE_CONFIG,
    period: preset(duration, '1h', 'Period'),
  }),
  flags: {},
  planned: true,
};
