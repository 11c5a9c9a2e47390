import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { anything } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, optional, preset, sensorName } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s FollowTheSunPolicy. */
export const plugin: AdjunctType = {
  id: 'follow-the-sun',
  title: 'Follow the sun',
  description: 'Moves items to where they are used most.',
  kind: 'policy',
  aliases: classNames('brooklyn.policy.followthesun.FollowTheSunPolicy', 'org.apache.brooklyn.policy.followthesun.FollowTheSunPolicy'),
  config: z.looseObject({
    itemUsageMetric: optional(sensorName, 'Use of an item'),
    locationFinder: optional(anything, 'Where an item is used'),
    parameters: optional(anyMap, 'Parameters'),
    minPeriodBetweenExecs: preset(duration, 100, 'Between two moves'),
  }),
  flags: {},
  planned: true,
};
