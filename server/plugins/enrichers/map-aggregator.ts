import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { AGGREGATING_CONFIG, AGGREGATING_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, sensorName } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s MapAggregator. */
export const plugin: AdjunctType = {
  id: 'map-aggregator',
  title: 'Map aggregator',
  description: 'Makes a map of two sensors of each member: one is the key, one the value.',
  kind: 'enricher',
  aliases: classNames('org.apache.brooklyn.enricher.stock.MapAggregator'),
  config: z.looseObject({
    ...AGGREGATING_CONFIG,
    'enricher.keySensor': optional(sensorName, 'Key'),
    'enricher.valueSensor': optional(sensorName, 'Value'),
  }),
  flags: {
    ...AGGREGATING_FLAGS,
    keySensor: 'enricher.keySensor',
    valueSensor: 'enricher.valueSensor',
  },
  planned: true,
};
