import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { numberOf, oneSource } from '../../domain/enricher/one-source.ts';
import type { Point } from '../../domain/enricher/windows.ts';
import { ENRICHER_CONFIG, ENRICHER_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset, size } from '../../domain/entity-types/config-values.ts';
import { numberOf as countOf } from '../../domain/policy/read-config.ts';

const MOST = 2_000;

const config = z.looseObject({
  ...ENRICHER_CONFIG,
  windowSize: preset(size, 10, 'How many'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s RollingMeanEnricher. */
export const plugin: AdjunctType<Config, readonly Point[]> = {
  id: 'rolling-mean',
  title: 'Mean of the last values',
  description: 'The mean of the last values of a sensor.',
  kind: 'enricher',
  aliases: classNames('brooklyn.enricher.RollingMeanEnricher', 'org.apache.brooklyn.policy.enricher.RollingMeanEnricher'),
  config,
  flags: {
    ...ENRICHER_FLAGS,
    source: 'enricher.sourceSensor',
    target: 'enricher.targetSensor',
  },
  planned: false,
  behaviour: oneSource<Config, readonly Point[]>(({ config: given, reading, at, memory = [] }) => {
    const value = numberOf(reading);
    if (typeof value !== 'number') return value;
    const count = Math.min(MOST, Math.max(1, countOf(given.windowSize)));
    const points = at <= (memory.at(-1)?.at ?? 0) ? memory : [...memory, { at, value }].slice(-count);
    const sum = points.reduce((total, point) => total + point.value, 0);
    return { value: sum / points.length, memory: points };
  }),
};
