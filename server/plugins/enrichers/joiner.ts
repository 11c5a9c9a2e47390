import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { ENRICHER_CONFIG, ENRICHER_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, size } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s Joiner. */
export const plugin: AdjunctType = {
  id: 'joiner',
  title: 'Joiner',
  description: 'Makes one text of a sensor that is a list or map.',
  kind: 'enricher',
  aliases: classNames('brooklyn.enricher.basic.Joiner', 'org.apache.brooklyn.enricher.stock.Joiner'),
  config: z.looseObject({
    ...ENRICHER_CONFIG,
    'enricher.joiner.separator': preset(text, ',', 'Between'),
    'enricher.joiner.keyValueSeparator': preset(text, '=', 'Between key and value'),
    'enricher.joiner.joinMapEntries': preset(boolean, false, 'Keys and values of a map'),
    'enricher.joiner.quote': preset(boolean, true, 'In quotes'),
    'enricher.joiner.minimum': preset(size, 0, 'At least'),
    'enricher.joiner.maximum': optional(size, 'At most'),
  }),
  flags: {
    ...ENRICHER_FLAGS,
    separator: 'enricher.joiner.separator',
    keyValueSeparator: 'enricher.joiner.keyValueSeparator',
    joinMapEntries: 'enricher.joiner.joinMapEntries',
    quote: 'enricher.joiner.quote',
    minimum: 'enricher.joiner.minimum',
    maximum: 'enricher.joiner.maximum',
  },
  planned: true,
};
