import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s StopAfterDurationPolicy. */
export const plugin: AdjunctType = {
  id: 'stop-after-duration',
  title: 'Stop after a time',
  description: 'Stops the application after a time.',
  kind: 'policy',
  aliases: classNames('org.apache.brooklyn.policy.action.StopAfterDurationPolicy'),
  config: z.looseObject({
    lifetime: optional(duration, 'Time'),
    state: preset(text, 'RUNNING', 'Counted in this state'),
    pollPeriod: preset(duration, '30s', 'Look every'),
  }),
  flags: {},
  planned: true,
};
