import type { EntitySpec } from '../../domain/entity/entity-spec.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { FINDING_CONFIG, FINDING_FLAGS, FINDING_GROUP } from '../../domain/entity-types/finding-group.ts';
import { SEQUENCE_CONFIG } from '../../domain/entity-types/sequence-config.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s SequenceGroup: a dynamic group, and the enricher that numbers its members. */
export const plugin: EntityTypePlugin = {
  ...groupType({
    id: 'sequence-group',
    title: 'Numbered group',
    description: 'Numbers the entities that fit a filter, in the order in which they come.',
    icon: 'list-ordered',
    planned: false,
    aliases: classNames('org.apache.brooklyn.entity.group.SequenceGroup', 'org.apache.brooklyn.entity.stock.SequenceGroup'),
    config: { ...FINDING_CONFIG, ...SEQUENCE_CONFIG },
    flags: {
      ...FINDING_FLAGS,
      sequenceStart: 'sequence.start',
      sequenceIncrement: 'sequence.increment',
      sequenceFormat: 'sequence.format',
      sequenceValueSensor: 'sequence.sensor.value',
      sequenceStringSensor: 'sequence.sensor.string',
    },
    sensors: [
      { name: 'sequence.next', type: 'number', description: 'The number that comes next' },
      { name: 'sequence.cache', type: 'json', description: 'Numbers by entity id' },
    ],
  }),
  group: FINDING_GROUP,
  compose(spec: EntitySpec): EntitySpec {
    const own = Object.entries(spec.config).filter(([key]) => key.startsWith('sequence.'));
    const numbers = { type: 'sequence', id: 'sequence', name: 'Numbers', config: { ...Object.fromEntries(own), name: 'reset' } };
    return { ...spec, enrichers: [numbers, ...(spec.enrichers ?? [])] };
  },
};
