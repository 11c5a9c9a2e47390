import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';
import { milliseconds } from '../../domain/policy/read-config.ts';
import { decideStop, type StopAfterMemory, type StopAfterSettings } from '../../domain/policy/stop-after-duration.ts';

const config = z.looseObject({
  lifetime: optional(duration, 'Time'),
  state: preset(text, 'RUNNING', 'Counted in this state'),
  pollPeriod: preset(duration, '30s', 'Look every'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s StopAfterDurationPolicy. */
export const plugin: AdjunctType<Config, StopAfterMemory> = {
  id: 'stop-after-duration',
  title: 'Stop after a time',
  description: 'Stops the application after a time.',
  kind: 'policy',
  aliases: classNames('org.apache.brooklyn.policy.action.StopAfterDurationPolicy'),
  config,
  flags: {},
  planned: false,
  notHonoured: { pollPeriod: 'it wakes when the time is over' },
  behaviour: {
    durable: true,
    watches: () => [],
    decide: (input) => decideStop({ ...input, config: toSettings(input.config) }),
  },
};

function toSettings({ lifetime, state }: Config): StopAfterSettings {
  return { lifetimeMs: lifetime === undefined ? null : milliseconds(lifetime), state: String(state) };
}
