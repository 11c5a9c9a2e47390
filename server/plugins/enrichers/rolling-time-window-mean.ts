import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { numberOf, oneSource } from '../../domain/enricher/one-source.ts';
import { type Point, timeWeightedMean, withPoint } from '../../domain/enricher/windows.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { double } from '../../domain/entity/value-schemas.ts';
import { ENRICHER_CONFIG, ENRICHER_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset } from '../../domain/entity-types/config-values.ts';
import { milliseconds } from '../../domain/policy/read-config.ts';

const config = z.looseObject({
  ...ENRICHER_CONFIG,
  'enricher.window.duration': preset(duration, '1m', 'Time'),
  'enricher.window.confidenceRequired': preset(double, 0.8, 'Part of the time that must be known'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s YamlRollingTimeWindowMeanEnricher. */
export const plugin: AdjunctType<Config, readonly Point[]> = {
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
  config,
  flags: {
    ...ENRICHER_FLAGS,
    timePeriod: 'enricher.window.duration',
    confidenceRequired: 'enricher.window.confidenceRequired',
    source: 'enricher.sourceSensor',
    target: 'enricher.targetSensor',
  },
  planned: false,
  behaviour: oneSource<Config, readonly Point[]>(({ config: given, reading, at, memory = [] }) => {
    const value = numberOf(reading);
    if (typeof value !== 'number') return value;
    const windowMs = Math.max(1, milliseconds(given['enricher.window.duration']));
    const points = at < (memory.at(-1)?.at ?? 0) ? memory : withPoint(memory, { at, value }, windowMs);
    const mean = timeWeightedMean(points, at, windowMs, Number(given['enricher.window.confidenceRequired']));
    return mean === undefined ? { waits: `values over ${windowMs / 1_000} s`, memory: points } : { value: mean, memory: points };
  }),
};
