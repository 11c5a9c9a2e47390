import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { anything } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, sensorName } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s ConditionalSuspendPolicy. */
export const plugin: AdjunctType = {
  id: 'conditional-suspend',
  title: 'Conditional suspend',
  description: 'Suspends another policy while a connection is lost.',
  kind: 'policy',
  aliases: classNames('brooklyn.policy.ha.ConditionalSuspendPolicy', 'org.apache.brooklyn.policy.ha.ConditionalSuspendPolicy'),
  config: z.looseObject({
    suppressSensor: optional(sensorName, 'Suspends on', 'ha.connectionFailed unless given.'),
    resetSensor: optional(sensorName, 'Resumes on', 'ha.connectionRecovered unless given.'),
    target: optional(anything, 'Policy'),
  }),
  flags: {},
  planned: true,
};
