import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, sensorName } from '../../domain/entity-types/config-values.ts';
import { decideOnCollection, type OnCollectionMemory, type OnCollectionSettings } from '../../domain/policy/effector-on-change.ts';
import { sensorOf } from '../../domain/policy/read-config.ts';

const config = z.looseObject({
  sensor: optional(sensorName, 'Sensor'),
  onAdded: optional(text, 'Effector for what is added'),
  onRemoved: optional(text, 'Effector for what is removed'),
  parameterName: preset(text, 'value', 'Parameter'),
  isBusySensor: optional(text, 'Sensor that is true while it works'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s InvokeEffectorOnCollectionSensorChange. */
export const plugin: AdjunctType<Config, OnCollectionMemory> = {
  id: 'invoke-effector-on-collection-change',
  title: 'Effector on change of a collection',
  description: 'Calls an effector for what is added to or removed from a sensor that is a list or map.',
  kind: 'policy',
  aliases: classNames('org.apache.brooklyn.policy.InvokeEffectorOnCollectionSensorChange'),
  config,
  flags: {},
  planned: false,
  notHonoured: { isBusySensor: 'a call is begun and not waited for' },
  behaviour: {
    durable: true,
    watches: ({ sensor }) => [{ of: 'entity', sensors: [sensorOf(sensor) ?? ''] }],
    decide: (input) => decideOnCollection({ ...input, config: toSettings(input.config) }),
  },
};

function toSettings({ sensor, onAdded, onRemoved, parameterName }: Config): OnCollectionSettings {
  return {
    sensor: sensorOf(sensor),
    onAdded: onAdded === undefined ? null : String(onAdded),
    onRemoved: onRemoved === undefined ? null : String(onRemoved),
    parameter: String(parameterName),
  };
}
