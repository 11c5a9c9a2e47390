import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { anything } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s AddDeploySensorsInitializer. */
export const plugin: AdjunctType = {
  id: 'add-deploy-sensors',
  title: 'Deployment sensors',
  description: 'Adds sensors that say who deployed it, when and from where.',
  kind: 'initializer',
  aliases: classNames('org.apache.brooklyn.core.effector.AddDeploySensorsInitializer'),
  config: z.looseObject({
    periodNow: optional(anything, 'At'),
  }),
  flags: {},
  planned: true,
};
