import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, sensorName } from '../../domain/entity-types/config-values.ts';
import {
  type ConditionalSuspendMemory,
  type ConditionalSuspendSettings,
  decideSuspension,
} from '../../domain/policy/conditional-suspend.ts';
import { sensorOf } from '../../domain/policy/read-config.ts';

const config = z.looseObject({
  suppressSensor: optional(sensorName, 'Suspends on', 'ha.connectionFailed unless given.'),
  resetSensor: optional(sensorName, 'Resumes on', 'ha.connectionRecovered unless given.'),
  target: optional(
    z.string('needs the id of a policy of the same entity').min(1),
    'Policy',
    'Its id in the blueprint; its type where it has none.',
  ),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s ConditionalSuspendPolicy. */
export const plugin: AdjunctType<Config, ConditionalSuspendMemory> = {
  id: 'conditional-suspend',
  title: 'Conditional suspend',
  description: 'Suspends another policy while a connection is lost.',
  kind: 'policy',
  aliases: classNames('brooklyn.policy.ha.ConditionalSuspendPolicy', 'org.apache.brooklyn.policy.ha.ConditionalSuspendPolicy'),
  config,
  flags: {},
  planned: false,
  behaviour: {
    durable: true,
    watches: (value) => {
      const { suppressSensor, resetSensor } = toSettings(value);
      return [{ of: 'entity', sensors: [suppressSensor, resetSensor] }];
    },
    writes: ({ target }, { self }) => (target === undefined ? [] : [`suspension of ${target} of ${self.id}`]),
    decide: (input) => decideSuspension({ ...input, config: toSettings(input.config) }),
  },
};

function toSettings({ suppressSensor, resetSensor, target }: Config): ConditionalSuspendSettings {
  return {
    suppressSensor: sensorOf(suppressSensor) ?? 'ha.connectionFailed',
    resetSensor: sensorOf(resetSensor) ?? 'ha.connectionRecovered',
    target: target ?? null,
  };
}
