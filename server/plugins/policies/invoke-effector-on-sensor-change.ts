import { z } from 'zod';
import type { Looking, Watch } from '../../domain/adjunct/behaviour.ts';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { entityReference } from '../../domain/entity/entity-reference.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, sensorName } from '../../domain/entity-types/config-values.ts';
import { decideOnChange, type OnChangeMemory, type OnChangeSettings } from '../../domain/policy/effector-on-change.ts';
import { referenceOf, sensorOf } from '../../domain/policy/read-config.ts';

const config = z.looseObject({
  sensor: optional(sensorName, 'Sensor'),
  'sensor.producer': optional(entityReference, 'Whose sensor'),
  effector: optional(text, 'Effector'),
  isBusySensor: optional(text, 'Sensor that is true while it works'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s InvokeEffectorOnSensorChange. */
export const plugin: AdjunctType<Config, OnChangeMemory> = {
  id: 'invoke-effector-on-sensor-change',
  title: 'Effector on change',
  description: 'Calls an effector when a sensor changes.',
  kind: 'policy',
  aliases: classNames('org.apache.brooklyn.policy.InvokeEffectorOnSensorChange'),
  config,
  flags: {
    producer: 'sensor.producer',
  },
  planned: false,
  notHonoured: { isBusySensor: 'a call is begun and not waited for' },
  behaviour: {
    durable: true,
    watches: (value, looking) => watched(toSettings(value, looking)),
    decide: (input) => decideOnChange({ ...input, config: toSettings(input.config, input) }),
  },
};

function toSettings(value: Config, looking: Looking): OnChangeSettings {
  const producer = value['sensor.producer'] === undefined ? looking.self.id : referenceOf(value['sensor.producer'], looking);
  return { sensor: sensorOf(value.sensor), producer, effector: value.effector === undefined ? null : String(value.effector) };
}

function watched({ sensor, producer }: OnChangeSettings): readonly Watch[] {
  return sensor === null || producer === null ? [] : [{ of: 'entity', entityId: producer, sensors: [sensor] }];
}
