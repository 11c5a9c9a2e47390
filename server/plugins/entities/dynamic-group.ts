import { z } from 'zod';
import { entityReference } from '../../domain/entity/entity-reference.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { latch, optional } from '../../domain/entity-types/config-values.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s DynamicGroup. */
export const plugin: EntityTypePlugin = groupType({
  id: 'dynamic-group',
  title: 'Dynamic group',
  description: 'A group whose members are the entities that fit a filter.',
  icon: 'group',
  planned: true,
  aliases: classNames('brooklyn.entity.basic.DynamicGroup', 'org.apache.brooklyn.entity.group.DynamicGroup'),
  config: {
    'dynamicgroup.entityfilter': optional(latch, 'Filter', 'Which entities are members.'),
    'dynamicgroup.ancestor': optional(entityReference, 'Below', 'Members are looked for below it.'),
  },
  flags: {
    entityFilter: 'dynamicgroup.entityfilter',
  },
  sensors: [{ name: 'dynamicgroup.running', type: 'boolean', description: 'True while it looks for members' }],
  effectors: [{ name: 'rescanEntities', description: 'Look for members now', parameters: z.object({}), destructive: false }],
});
