import { z } from 'zod';
import { toldMembers } from '../../domain/cluster/group-members.ts';
import { boolean } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset } from '../../domain/entity-types/config-values.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const CHILDREN = 'brooklyn.BasicGroup.childrenAsMembers';
const member = z.object({
  member: z.string('needs the id of an entity').min(1).describe('Id of an entity of the same application, or its id in the blueprint'),
});

/** Brooklyn’s BasicGroup. */
export const plugin: EntityTypePlugin = {
  ...groupType({
    id: 'basic-group',
    title: 'Group',
    description: 'A group whose members are added to it, wherever else in its application they stand.',
    icon: 'group',
    planned: false,
    aliases: classNames('brooklyn.entity.basic.BasicGroup', 'org.apache.brooklyn.entity.group.BasicGroup'),
    config: {
      [CHILDREN]: preset(boolean, false, 'Children are members'),
    },
    flags: {
      childrenAsMembers: CHILDREN,
    },
    effectors: [
      { name: 'addMember', description: 'Make an entity a member', parameters: member, destructive: false },
      { name: 'removeMember', description: 'Make an entity a member no more; it runs on', parameters: member, destructive: false },
    ],
  }),
  group: {
    keys: [CHILDREN],
    members: (config, look) => ({ ok: true, ids: toldMembers(look, String(config[CHILDREN]) === 'true') }),
  },
};
