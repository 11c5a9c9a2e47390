import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { ENRICHER_CONFIG, ENRICHER_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';

/** Brooklyn’s DeltaEnricher. */
export const plugin: AdjunctType = {
  id: 'delta',
  title: 'Change',
  description: 'The change of a sensor from one value to the next.',
  kind: 'enricher',
  aliases: classNames('brooklyn.enricher.DeltaEnricher', 'org.apache.brooklyn.policy.enricher.DeltaEnricher'),
  config: z.looseObject({
    ...ENRICHER_CONFIG,
  }),
  flags: {
    ...ENRICHER_FLAGS,
    source: 'enricher.sourceSensor',
    target: 'enricher.targetSensor',
  },
  planned: true,
};
