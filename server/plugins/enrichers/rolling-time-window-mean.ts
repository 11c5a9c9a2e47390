import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { double } from '../../domain/entity/value-schemas.ts';
import { ENRICHER_CONFIG, ENRICHER_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s YamlRollingTimeWindowMeanEnricher. */
export const plugin: AdjunctType = {
  id: 'rolling-time-window-mean',
  title: 'Mean over a time',
  description: 'The mean of a sensor over the last while.',
  kind: 'enricher',
  aliases: classNames(
    'brooklyn.enricher.basic.YamlRollingTimeWindowMeanEnricher',
    'org.apache.brooklyn.enricher.stock.YamlRollingTimeWindowMeanEnricher',
    'brooklyn.enricher.RollingTimeWindowMeanEnricher',
    'org.apache.brooklyn.policy.enricher.RollingTimeWindowMeanEnricher',
  ),
  config: z.looseObject({
    ...ENRICHER_CONFIG,
    'enricher.window.duration': preset(duration, '1m', 'Time'),
    'enricher.window.confidenceRequired': preset(double, 0.8, 'Part of the time that must be known'),
  }),
  flags: {
    ...ENRICHER_FLAGS,
    timePeriod: 'enricher.window.duration',
    confidenceRequired: 'enricher.window.confidenceRequired',
    source: 'enricher.sourceSensor',
    target: 'enricher.targetSensor',
  },
  planned: true,
};
