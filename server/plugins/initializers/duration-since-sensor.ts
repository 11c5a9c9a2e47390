import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { anything, SENSOR_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';
import { milliseconds } from '../../domain/policy/read-config.ts';

const config = z.looseObject({
  ...SENSOR_CONFIG,
  period: preset(duration, '30s', 'Period'),
  'duration.since.epochsupplier': optional(anything, 'Since'),
  'duration.since.timesupplier': optional(anything, 'Until'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s DurationSinceSensor. */
export const plugin: AdjunctType<Config> = {
  id: 'duration-since-sensor',
  title: 'Time-since sensor',
  description: 'Adds a sensor with the time in milliseconds that has passed since the entity was made.',
  kind: 'initializer',
  aliases: classNames('org.apache.brooklyn.core.sensor.DurationSinceSensor'),
  config,
  flags: {},
  planned: false,
  plannedKeys: {
    'duration.since.epochsupplier': 'it counts from when the entity was made',
    'duration.since.timesupplier': 'it counts to now',
  },
  behaviour: {
    watches: () => [],
    decide({ config: { name, period }, self, now }) {
      const periodMs = Math.max(1_000, milliseconds(period));
      const age = Math.max(0, now - self.createdAt);
      return {
        publish: { [name]: Math.floor(age / periodMs) * periodMs },
        lookAgainAt: self.createdAt + (Math.floor(age / periodMs) + 1) * periodMs,
        highlight: { level: 'ok', text: `Publishes ${name}` },
      };
    },
  },
};
