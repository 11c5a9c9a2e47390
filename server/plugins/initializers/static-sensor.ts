import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { anything, SENSOR_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';
import { coerce } from '../../domain/feed/coerce.ts';
import type { Json } from '../../domain/shared/json.ts';

const config = z.looseObject({
  ...SENSOR_CONFIG,
  'static.value': optional(anything, 'Value'),
  'static.timeout': optional(duration, 'Waits for the value at most'),
  period: optional(duration, 'Period'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s StaticSensor. */
export const plugin: AdjunctType<Config> = {
  id: 'static-sensor',
  title: 'Static sensor',
  description: 'Adds a sensor with a value.',
  kind: 'initializer',
  aliases: classNames('brooklyn.entity.software.StaticSensor', 'org.apache.brooklyn.core.sensor.StaticSensor'),
  config,
  flags: {
    value: 'static.value',
  },
  planned: false,
  notHonoured: {
    'static.timeout': 'it waits until the value is there',
    period: 'it is published when it changes',
  },
  behaviour: {
    watches: () => [],
    decide({ config: { name, type, targetType = type, ...given } }) {
      const value = given['static.value'];
      if (value === undefined) return { highlight: { level: 'frozen', text: 'It has no value' } };
      const coerced = coerce(value as Json, targetType === undefined ? undefined : String(targetType));
      if (coerced === undefined) return { highlight: { level: 'failed', text: `Its value is no ${targetType}` } };
      return { publish: { [name]: coerced }, highlight: { level: 'ok', text: `Publishes ${name}` } };
    },
  },
};
