import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { anything, SENSOR_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s StaticSensor. */
export const plugin: AdjunctType = {
  id: 'static-sensor',
  title: 'Static sensor',
  description: 'Adds a sensor with a value.',
  kind: 'initializer',
  aliases: classNames('brooklyn.entity.software.StaticSensor', 'org.apache.brooklyn.core.sensor.StaticSensor'),
  config: z.looseObject({
    ...SENSOR_CONFIG,
    'static.value': optional(anything, 'Value'),
    'static.timeout': optional(duration, 'Waits for the value at most'),
    period: optional(duration, 'Period'),
  }),
  flags: {
    value: 'static.value',
  },
  planned: true,
};
