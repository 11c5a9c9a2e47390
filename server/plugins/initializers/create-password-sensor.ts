import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { SENSOR_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, size, texts } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s CreatePasswordSensor. */
export const plugin: AdjunctType = {
  id: 'create-password-sensor',
  title: 'Password sensor',
  description: 'Adds a sensor with a random password.',
  kind: 'initializer',
  aliases: classNames('org.apache.brooklyn.core.sensor.password.CreatePasswordSensor'),
  config: z.looseObject({
    ...SENSOR_CONFIG,
    'password.length': preset(size, 12, 'Length'),
    'password.chars': optional(text, 'Characters'),
    'password.character.groups': optional(texts, 'Groups of which each must occur'),
    period: optional(duration, 'Period'),
  }),
  flags: {},
  planned: true,
};
