import { z } from 'zod';
import type { Looking } from '../../domain/adjunct/behaviour.ts';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { anything, ELECTION_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';
import { decideElection, type ElectionMemory, type ElectionSettings } from '../../domain/policy/elect-primary.ts';
import { milliseconds, numberOf } from '../../domain/policy/read-config.ts';

const config = z.looseObject({
  ...ELECTION_CONFIG,
  'primary.election.effector': optional(text, 'Effector that elects'),
  'propagate.primary.sensors': optional(anything, 'Sensors of the one in charge that are passed on'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s ElectPrimaryPolicy. */
export const plugin: AdjunctType<Config, ElectionMemory> = {
  id: 'elect-primary',
  title: 'Elect a primary',
  description: 'Keeps exactly one of several in charge.',
  kind: 'policy',
  aliases: classNames('org.apache.brooklyn.policy.failover.ElectPrimaryPolicy'),
  config,
  flags: {},
  planned: false,
  notHonoured: { 'primary.election.effector': 'it elects by itself' },
  plannedKeys: { 'propagate.primary.sensors': 'add the enricher propagate-primary' },
  behaviour: {
    durable: true,
    watches: (value, looking) => {
      const { among, weight, sensor } = toSettings(value, looking);
      return [
        { of: among, sensors: [weight.sensor] },
        { of: 'entity', sensors: [sensor] },
      ];
    },
    writes: (value, looking) => [`one in charge of ${looking.self.id} (${toSettings(value, looking).sensor})`],
    decide: (input) => decideElection({ ...input, config: toSettings(input.config, input) }),
  },
};

function toSettings(value: Config, { self }: Looking): ElectionSettings {
  const target = String(value['primary.target.mode'] ?? 'auto')
    .trim()
    .toLowerCase();
  const mode = String(value['primary.selection.mode'] ?? 'failover')
    .trim()
    .toLowerCase();
  return {
    among: target === 'members' || (target !== 'children' && self.size !== null) ? 'members' : 'children',
    mode: mode === 'best' || mode === 'strict' ? mode : 'failover',
    sensor: String(value['primary.sensor.name']),
    weight: { sensor: String(value['primary.weight.name']), preset: numberOf(value['ha.primary.weight']) },
    promote: String(value['primary.promote.effector.name']),
    demote: String(value['primary.demote.effector.name']),
    stoppedWaitMs: milliseconds(value['primary.stopped.wait.timeout']),
    startingWaitMs: milliseconds(value['primary.starting.wait.timeout']),
  };
}
