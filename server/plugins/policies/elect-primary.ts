import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { anything, ELECTION_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s ElectPrimaryPolicy. */
export const plugin: AdjunctType = {
  id: 'elect-primary',
  title: 'Elect a primary',
  description: 'Keeps exactly one of several in charge.',
  kind: 'policy',
  aliases: classNames('org.apache.brooklyn.policy.failover.ElectPrimaryPolicy'),
  config: z.looseObject({
    ...ELECTION_CONFIG,
    'primary.election.effector': optional(text, 'Effector that elects'),
    'propagate.primary.sensors': optional(anything, 'Sensors of the one in charge that are passed on'),
  }),
  flags: {},
  planned: true,
};
