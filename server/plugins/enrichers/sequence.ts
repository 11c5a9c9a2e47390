import { z } from 'zod';
import { effectorDefinition } from '../../domain/adjunct/effector-definition.ts';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { numberMembers, SEQUENCE, type SequenceSettings } from '../../domain/enricher/sequence.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { optional } from '../../domain/entity-types/config-values.ts';
import { SEQUENCE_CONFIG } from '../../domain/entity-types/sequence-config.ts';
import { numberOf, sensorOf } from '../../domain/policy/read-config.ts';

const config = z.looseObject({ ...SEQUENCE_CONFIG, name: optional(text, 'Effector that begins again') });

type Config = z.infer<typeof config>;

/** What numbers the members of Brooklyn’s SequenceGroup. With a name it adds the effector by which it begins again. */
export const plugin: AdjunctType<Config, undefined> = {
  id: 'sequence',
  title: 'Numbers of members',
  description: 'Gives each member of a group the next number, as a sensor.',
  kind: 'enricher',
  aliases: [],
  config,
  flags: {},
  planned: false,
  behaviour: {
    watches: () => [
      { of: 'members', sensors: [] },
      { of: 'entity', sensors: [SEQUENCE.cache] },
    ],
    decide: (input) => numberMembers({ ...input, config: toSettings(input.config) }),
  },
  effector: {
    definition: ({ name }) => effectorDefinition({ name, description: 'Begin again: all members get new numbers' }),
    run: () => ({ kind: 'publish', values: { [SEQUENCE.cache]: {} } }),
  },
};

function toSettings(given: Config): SequenceSettings {
  return {
    start: numberOf(given['sequence.start']),
    increment: numberOf(given['sequence.increment']),
    format: String(given['sequence.format']),
    valueSensor: sensorOf(given['sequence.sensor.value']) ?? SEQUENCE.value,
    stringSensor: sensorOf(given['sequence.sensor.string']) ?? SEQUENCE.string,
  };
}
