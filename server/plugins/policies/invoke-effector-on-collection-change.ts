import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, sensorName } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s InvokeEffectorOnCollectionSensorChange. */
export const plugin: AdjunctType = {
  id: 'invoke-effector-on-collection-change',
  title: 'Effector on change of a collection',
  description: 'Calls an effector for what is added to or removed from a sensor that is a list or map.',
  kind: 'policy',
  aliases: classNames('org.apache.brooklyn.policy.InvokeEffectorOnCollectionSensorChange'),
  config: z.looseObject({
    sensor: optional(sensorName, 'Sensor'),
    onAdded: optional(text, 'Effector for what is added'),
    onRemoved: optional(text, 'Effector for what is removed'),
    parameterName: preset(text, 'value', 'Parameter'),
    isBusySensor: optional(text, 'Sensor that is true while it works'),
  }),
  flags: {},
  planned: true,
};
