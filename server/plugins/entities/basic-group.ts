import { boolean } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset } from '../../domain/entity-types/config-values.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s BasicGroup. */
export const plugin: EntityTypePlugin = groupType({
  id: 'basic-group',
  title: 'Group',
  description: 'A group whose members are added to it.',
  icon: 'group',
  planned: true,
  aliases: classNames('brooklyn.entity.basic.BasicGroup', 'org.apache.brooklyn.entity.group.BasicGroup'),
  config: {
    'brooklyn.BasicGroup.childrenAsMembers': preset(boolean, false, 'Children are members'),
  },
  flags: {
    childrenAsMembers: 'brooklyn.BasicGroup.childrenAsMembers',
  },
});
