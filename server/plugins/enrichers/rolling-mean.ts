import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { ENRICHER_CONFIG, ENRICHER_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, size } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s RollingMeanEnricher. */
export const plugin: AdjunctType = {
  id: 'rolling-mean',
  title: 'Mean of the last values',
  description: 'The mean of the last values of a sensor.',
  kind: 'enricher',
  aliases: classNames('brooklyn.enricher.RollingMeanEnricher', 'org.apache.brooklyn.policy.enricher.RollingMeanEnricher'),
  config: z.looseObject({
    ...ENRICHER_CONFIG,
    windowSize: optional(size, 'How many'),
  }),
  flags: {
    ...ENRICHER_FLAGS,
    source: 'enricher.sourceSensor',
    target: 'enricher.targetSensor',
  },
  planned: true,
};
