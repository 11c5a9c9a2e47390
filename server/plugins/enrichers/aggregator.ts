import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { AGGREGATING_CONFIG, AGGREGATING_FLAGS, anything } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, size } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s Aggregator. */
export const plugin: AdjunctType = {
  id: 'aggregator',
  title: 'Aggregator',
  description: 'Makes a sensor of those of all members or children: sum, average, list …',
  kind: 'enricher',
  aliases: classNames(
    'brooklyn.enricher.basic.Aggregator',
    'org.apache.brooklyn.enricher.stock.Aggregator',
    'brooklyn.enricher.CustomAggregatingEnricher',
  ),
  config: z.looseObject({
    ...AGGREGATING_CONFIG,
    'enricher.transformation': optional(anything, 'Function', 'sum, average, list, min, max, first …'),
    'enricher.transformation.untyped': optional(anything, 'Function of any values'),
    'quorum.check.type': optional(text, 'Quorum'),
    'quorum.total.size': preset(size, 1, 'Counted as'),
  }),
  flags: {
    ...AGGREGATING_FLAGS,
    transformation: 'enricher.transformation',
  },
  planned: true,
};
