import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { boolean } from '../../domain/entity/value-schemas.ts';
import { anything } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, sensorName, size } from '../../domain/entity-types/config-values.ts';
import { milliseconds, numberOf, sensorOf } from '../../domain/policy/read-config.ts';
import { decideReplacement, REPLACEMENT_FAILED, type ReplacerMemory, type ReplacerSettings } from '../../domain/policy/service-replacer.ts';
import { RESTART_FAILED } from '../../domain/policy/service-restarter.ts';
import { isTrue } from '../../domain/shared/is-true.ts';

const config = z.looseObject({
  failOnRecurringFailuresInThisDuration: preset(duration, '5m', 'Gives up on many failures within'),
  failOnNumRecurringFailures: preset(size, 5, 'Gives up after that many failures'),
  setOnFireOnFailure: preset(boolean, true, 'ON_FIRE when it gives up'),
  failureSensorToMonitor: optional(sensorName, 'Sensor of failures', 'ha.entityFailed.restart of its members unless given.'),
  ticker: optional(anything, 'Clock'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s ServiceReplacer: adds a member before it stops the failed one, and gives up after too many failures. */
export const plugin: AdjunctType<Config, ReplacerMemory> = {
  id: 'service-replacer',
  title: 'Replacer',
  description: 'Replaces members that have failed by new ones.',
  kind: 'policy',
  aliases: classNames('brooklyn.policy.ha.ServiceReplacer', 'org.apache.brooklyn.policy.ha.ServiceReplacer'),
  config,
  flags: {},
  planned: false,
  notHonoured: { ticker: 'its clock is that of the console' },
  behaviour: {
    durable: true,
    watches: (value) => [
      { of: 'members', sensors: [toSettings(value).failureSensor] },
      { of: 'entity', sensors: [REPLACEMENT_FAILED] },
    ],
    writes: (_, { self }) => [`replaced members of ${self.id}`],
    decide: (input) => decideReplacement({ ...input, config: toSettings(input.config) }),
  },
};

function toSettings(value: Config): ReplacerSettings {
  return {
    failureSensor: sensorOf(value.failureSensorToMonitor) ?? RESTART_FAILED,
    windowMs: milliseconds(value.failOnRecurringFailuresInThisDuration),
    mostFailures: Math.max(1, numberOf(value.failOnNumRecurringFailures)),
    setOnFire: isTrue(value.setOnFireOnFailure),
  };
}
