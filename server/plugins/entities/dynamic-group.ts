import { classNames } from '../../domain/entity-types/class-names.ts';
import { FINDING_CONFIG, FINDING_EFFECTORS, FINDING_FLAGS, FINDING_GROUP } from '../../domain/entity-types/finding-group.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s DynamicGroup. */
export const plugin: EntityTypePlugin = {
  ...groupType({
    id: 'dynamic-group',
    title: 'Dynamic group',
    description: 'A group whose members are the entities of its application that fit a filter.',
    icon: 'group',
    planned: false,
    aliases: classNames('brooklyn.entity.basic.DynamicGroup', 'org.apache.brooklyn.entity.group.DynamicGroup'),
    config: FINDING_CONFIG,
    flags: FINDING_FLAGS,
    effectors: FINDING_EFFECTORS,
  }),
  group: FINDING_GROUP,
};
