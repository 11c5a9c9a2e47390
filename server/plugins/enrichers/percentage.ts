import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { ENRICHER_CONFIG, ENRICHER_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, sensorName } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s PercentageEnricher. */
export const plugin: AdjunctType = {
  id: 'percentage',
  title: 'Percentage',
  description: 'Says which part one sensor is of another.',
  kind: 'enricher',
  aliases: classNames('org.apache.brooklyn.enricher.stock.PercentageEnricher'),
  config: z.looseObject({
    ...ENRICHER_CONFIG,
    'enricher.sourceCurrentSensor': optional(sensorName, 'Part'),
    'enricher.sourceTotalSensor': optional(sensorName, 'Whole'),
  }),
  flags: {
    ...ENRICHER_FLAGS,
    sourceCurrentSensor: 'enricher.sourceCurrentSensor',
    sourceTotalSensor: 'enricher.sourceTotalSensor',
  },
  planned: true,
};
