import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { anything } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyList, optional, sensorName } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s removal strategies. */
export const plugin: AdjunctType = {
  id: 'removal-strategy',
  title: 'Removal',
  description: 'Which member of a cluster goes first.',
  kind: 'object',
  aliases: classNames(
    'org.apache.brooklyn.entity.group.RemovalStrategy',
    'org.apache.brooklyn.entity.group.FirstFromRemovalStrategy',
    'org.apache.brooklyn.entity.group.SensorMatchingRemovalStrategy',
  ),
  config: z.looseObject({
    'firstfrom.strategies': optional(anyList, 'Strategies in order'),
    'sensor.matching.sensor': optional(sensorName, 'Sensor'),
    'sensor.matching.value': optional(anything, 'Value'),
  }),
  flags: {},
  planned: true,
};
