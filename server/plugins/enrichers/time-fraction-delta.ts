import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { ENRICHER_CONFIG, ENRICHER_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s TimeFractionDeltaEnricher. */
export const plugin: AdjunctType = {
  id: 'time-fraction-delta',
  title: 'Part of the time',
  description: 'Which part of the time passed a sensor that adds up times has added.',
  kind: 'enricher',
  aliases: classNames('brooklyn.enricher.TimeFractionDeltaEnricher', 'org.apache.brooklyn.policy.enricher.TimeFractionDeltaEnricher'),
  config: z.looseObject({
    ...ENRICHER_CONFIG,
    durationPerOrigUnit: optional(duration, 'Unit of the source'),
  }),
  flags: {
    ...ENRICHER_FLAGS,
    source: 'enricher.sourceSensor',
    target: 'enricher.targetSensor',
  },
  planned: true,
};
