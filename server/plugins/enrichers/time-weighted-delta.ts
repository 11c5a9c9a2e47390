import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { numberOf, oneSource } from '../../domain/enricher/one-source.ts';
import type { Point } from '../../domain/enricher/windows.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { ENRICHER_CONFIG, ENRICHER_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset } from '../../domain/entity-types/config-values.ts';
import { milliseconds } from '../../domain/policy/read-config.ts';

const config = z.looseObject({
  ...ENRICHER_CONFIG,
  'enricher.delta.period': preset(duration, '1s', 'Per'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s YamlTimeWeightedDeltaEnricher. */
export const plugin: AdjunctType<Config, Point> = {
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
  config,
  flags: {
    ...ENRICHER_FLAGS,
    period: 'enricher.delta.period',
    source: 'enricher.sourceSensor',
    target: 'enricher.targetSensor',
  },
  planned: false,
  behaviour: oneSource<Config, Point>(({ config: given, reading, at, memory }) => {
    const value = numberOf(reading);
    if (typeof value !== 'number') return value;
    if (memory === undefined) return { waits: 'a second value', memory: { at, value } };
    if (at <= memory.at) return { waits: 'another value' };
    const periods = (at - memory.at) / Math.max(1, milliseconds(given['enricher.delta.period']));
    return { value: (value - memory.value) / periods, memory: { at, value } };
  }),
};
