import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { ENRICHER_CONFIG, ENRICHER_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s YamlTimeWeightedDeltaEnricher. */
export const plugin: AdjunctType = {
  id: 'time-weighted-delta',
  title: 'Change a second',
  description: 'Makes a rate of a sensor that counts.',
  kind: 'enricher',
  aliases: classNames(
    'brooklyn.enricher.basic.YamlTimeWeightedDeltaEnricher',
    'org.apache.brooklyn.enricher.stock.YamlTimeWeightedDeltaEnricher',
    'brooklyn.enricher.TimeWeightedDeltaEnricher',
    'org.apache.brooklyn.policy.enricher.TimeWeightedDeltaEnricher',
  ),
  config: z.looseObject({
    ...ENRICHER_CONFIG,
    'enricher.delta.period': preset(duration, '1s', 'Per'),
  }),
  flags: {
    ...ENRICHER_FLAGS,
    period: 'enricher.delta.period',
    source: 'enricher.sourceSensor',
    target: 'enricher.targetSensor',
  },
  planned: true,
};
