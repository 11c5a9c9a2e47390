import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { anything, ENRICHER_CONFIG, ENRICHER_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s Transformer. */
export const plugin: AdjunctType = {
  id: 'transformer',
  title: 'Transformer',
  description: 'Makes a sensor of another, by a value or a function.',
  kind: 'enricher',
  aliases: classNames(
    'brooklyn.enricher.basic.Transformer',
    'org.apache.brooklyn.enricher.stock.Transformer',
    'brooklyn.enricher.basic.SensorTransformingEnricher',
  ),
  config: z.looseObject({
    ...ENRICHER_CONFIG,
    'enricher.targetValue': optional(anything, 'Value', 'Mostly an expression that reads the source.'),
    'enricher.targetType': optional(text, 'Type'),
    'enricher.transformation': optional(anything, 'Function of the value'),
    'enricher.transformation.fromevent': optional(anything, 'Function of the event'),
  }),
  flags: {
    ...ENRICHER_FLAGS,
    targetValue: 'enricher.targetValue',
    targetType: 'enricher.targetType',
    transformation: 'enricher.transformation',
  },
  planned: true,
};
