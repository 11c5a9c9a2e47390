import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { anything, SENSOR_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s DurationSinceSensor. */
export const plugin: AdjunctType = {
  id: 'duration-since-sensor',
  title: 'Time-since sensor',
  description: 'Adds a sensor with the time that has passed.',
  kind: 'initializer',
  aliases: classNames('org.apache.brooklyn.core.sensor.DurationSinceSensor'),
  config: z.looseObject({
    ...SENSOR_CONFIG,
    period: optional(duration, 'Period'),
    'duration.since.epochsupplier': optional(anything, 'Since'),
    'duration.since.timesupplier': optional(anything, 'Until'),
  }),
  flags: {},
  planned: true,
};
