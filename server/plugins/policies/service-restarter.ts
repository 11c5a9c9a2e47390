import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { boolean } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, sensorName } from '../../domain/entity-types/config-values.ts';
import { milliseconds, sensorOf } from '../../domain/policy/read-config.ts';
import { decideRestart, RESTART_FAILED, type RestarterMemory, type RestarterSettings } from '../../domain/policy/service-restarter.ts';
import { isTrue } from '../../domain/shared/is-true.ts';

const config = z.looseObject({
  failOnRecurringFailuresInThisDuration: preset(duration, '3m', 'Gives up on a second failure within'),
  setOnFireOnFailure: preset(boolean, true, 'ON_FIRE when it gives up'),
  failureSensorToMonitor: optional(sensorName, 'Sensor of failures', 'ha.entityFailed unless given.'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s ServiceRestarter: a second failure within the time is not mended, and ha.entityFailed.restart is emitted. */
export const plugin: AdjunctType<Config, RestarterMemory> = {
  id: 'service-restarter',
  title: 'Restarter',
  description: 'Restarts an entity that has failed; gives up when it fails again soon.',
  kind: 'policy',
  aliases: classNames('brooklyn.policy.ha.ServiceRestarter', 'org.apache.brooklyn.policy.ha.ServiceRestarter'),
  config,
  flags: {},
  planned: false,
  behaviour: {
    durable: true,
    watches: (value) => [{ of: 'entity', sensors: [toSettings(value).failureSensor, RESTART_FAILED] }],
    writes: (_, { self }) => [`restarts of ${self.id}`],
    decide: (input) => decideRestart({ ...input, config: toSettings(input.config) }),
  },
};

function toSettings(value: Config): RestarterSettings {
  return {
    failureSensor: sensorOf(value.failureSensorToMonitor) ?? 'ha.entityFailed',
    windowMs: milliseconds(value.failOnRecurringFailuresInThisDuration),
    setOnFire: isTrue(value.setOnFireOnFailure),
  };
}
