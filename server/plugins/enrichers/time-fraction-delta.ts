import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { numberOf, oneSource } from '../../domain/enricher/one-source.ts';
import type { Point } from '../../domain/enricher/windows.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { ENRICHER_CONFIG, ENRICHER_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';
import { milliseconds } from '../../domain/policy/read-config.ts';

const config = z.looseObject({
  ...ENRICHER_CONFIG,
  durationPerOrigUnit: optional(duration, 'Unit of the source'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s TimeFractionDeltaEnricher. */
export const plugin: AdjunctType<Config, Point> = {
  id: 'time-fraction-delta',
  title: 'Part of the time',
  description: 'Which part of the time passed a sensor that adds up times has added.',
  kind: 'enricher',
  aliases: classNames('brooklyn.enricher.TimeFractionDeltaEnricher', 'org.apache.brooklyn.policy.enricher.TimeFractionDeltaEnricher'),
  config,
  flags: {
    ...ENRICHER_FLAGS,
    source: 'enricher.sourceSensor',
    target: 'enricher.targetSensor',
  },
  planned: false,
  behaviour: oneSource<Config, Point>(({ config: given, reading, at, memory }) => {
    const value = numberOf(reading);
    if (typeof value !== 'number') return value;
    if (memory === undefined) return { waits: 'a second value', memory: { at, value } };
    if (at <= memory.at) return { waits: 'another value' };
    const unitMs = given.durationPerOrigUnit === undefined ? 1 : milliseconds(given.durationPerOrigUnit);
    return { value: ((value - memory.value) * unitMs) / (at - memory.at), memory: { at, value } };
  }),
};
