import { z } from 'zod';
import { entityReference } from '../../domain/entity/entity-reference.ts';
import { integer, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { latch, optional, preset, sensorName } from '../../domain/entity-types/config-values.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s SequenceGroup. */
export const plugin: EntityTypePlugin = groupType({
  id: 'sequence-group',
  title: 'Numbered group',
  description: 'Numbers the entities that fit a filter.',
  icon: 'list-ordered',
  planned: true,
  aliases: classNames('org.apache.brooklyn.entity.group.SequenceGroup'),
  config: {
    'dynamicgroup.entityfilter': optional(latch, 'Filter', 'Which entities are members.'),
    'dynamicgroup.ancestor': optional(entityReference, 'Below', 'Members are looked for below it.'),
    'sequence.start': preset(integer, 1, 'First number'),
    'sequence.increment': preset(integer, 1, 'Step'),
    'sequence.format': preset(text, '%d', 'Format'),
    'sequence.sensor.value': optional(sensorName, 'Sensor of the number'),
    'sequence.sensor.string': optional(sensorName, 'Sensor of the formatted number'),
  },
  flags: {
    entityFilter: 'dynamicgroup.entityfilter',
    sequenceStart: 'sequence.start',
    sequenceIncrement: 'sequence.increment',
    sequenceFormat: 'sequence.format',
    sequenceValueSensor: 'sequence.sensor.value',
    sequenceStringSensor: 'sequence.sensor.string',
  },
  sensors: [
    { name: 'sequence.value', type: 'number', description: 'Last number' },
    { name: 'sequence.string', type: 'string', description: 'Last number, formatted' },
    { name: 'sequence.current', type: 'json', description: 'Last entity that was numbered' },
  ],
  effectors: [{ name: 'reset', description: 'Begin again', parameters: z.object({}), destructive: false }],
});
