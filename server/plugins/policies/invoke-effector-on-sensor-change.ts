import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { entityReference } from '../../domain/entity/entity-reference.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, sensorName } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s InvokeEffectorOnSensorChange. */
export const plugin: AdjunctType = {
  id: 'invoke-effector-on-sensor-change',
  title: 'Effector on change',
  description: 'Calls an effector when a sensor changes.',
  kind: 'policy',
  aliases: classNames('org.apache.brooklyn.policy.InvokeEffectorOnSensorChange'),
  config: z.looseObject({
    sensor: optional(sensorName, 'Sensor'),
    'sensor.producer': optional(entityReference, 'Whose sensor'),
    effector: optional(text, 'Effector'),
    isBusySensor: optional(text, 'Sensor that is true while it works'),
  }),
  flags: {
    producer: 'sensor.producer',
  },
  planned: true,
};
