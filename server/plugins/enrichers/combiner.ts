import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { anything, ENRICHER_CONFIG, ENRICHER_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, sensorNames } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s Combiner. */
export const plugin: AdjunctType = {
  id: 'combiner',
  title: 'Combiner',
  description: 'Makes one sensor of several of an entity.',
  kind: 'enricher',
  aliases: classNames('brooklyn.enricher.basic.Combiner', 'org.apache.brooklyn.enricher.stock.Combiner'),
  config: z.looseObject({
    ...ENRICHER_CONFIG,
    'enricher.sourceSensors': optional(sensorNames, 'Sources'),
    'enricher.transformation': optional(anything, 'Function'),
    'enricher.aggregating.valueFilter': optional(anything, 'Which values count'),
  }),
  flags: {
    ...ENRICHER_FLAGS,
    sourceSensors: 'enricher.sourceSensors',
    transformation: 'enricher.transformation',
  },
  planned: true,
};
