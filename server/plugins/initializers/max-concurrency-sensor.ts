import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { SENSOR_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset, size } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s MaxConcurrencySensor. */
export const plugin: AdjunctType = {
  id: 'max-concurrency-sensor',
  title: 'Limit on at once',
  description: 'Adds a sensor that lets so many through at once, for latches.',
  kind: 'initializer',
  aliases: classNames('org.apache.brooklyn.core.sensor.MaxConcurrencySensor'),
  config: z.looseObject({
    ...SENSOR_CONFIG,
    'latch.concurrency.max': preset(size, 2_147_483_647, 'At once'),
  }),
  flags: {},
  planned: true,
};
