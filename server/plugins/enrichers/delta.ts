import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { numberOf, oneSource } from '../../domain/enricher/one-source.ts';
import type { Point } from '../../domain/enricher/windows.ts';
import { ENRICHER_CONFIG, ENRICHER_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';

const config = z.looseObject({
  ...ENRICHER_CONFIG,
});

type Config = z.infer<typeof config>;

/** Brooklyn’s DeltaEnricher. */
export const plugin: AdjunctType<Config, Point> = {
  id: 'delta',
  title: 'Change',
  description: 'The change of a sensor from one value to the next.',
  kind: 'enricher',
  aliases: classNames('brooklyn.enricher.DeltaEnricher', 'org.apache.brooklyn.policy.enricher.DeltaEnricher'),
  config,
  flags: {
    ...ENRICHER_FLAGS,
    source: 'enricher.sourceSensor',
    target: 'enricher.targetSensor',
  },
  planned: false,
  behaviour: oneSource<Config, Point>(({ reading, at, memory }) => {
    const value = numberOf(reading);
    if (typeof value !== 'number') return value;
    if (memory === undefined) return { waits: 'a second value', memory: { at, value } };
    if (at <= memory.at) return { waits: 'another value' };
    return { value: value - memory.value, memory: { at, value } };
  }),
};
