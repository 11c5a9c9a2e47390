import { z } from 'zod';
import { entityFilter, fittingMembers } from '../../domain/cluster/group-members.ts';
import { entityReference } from '../../domain/entity/entity-reference.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const FILTER = 'dynamicgroup.entityfilter';

/** Brooklyn’s DynamicGroup. */
export const plugin: EntityTypePlugin = {
  ...groupType({
    id: 'dynamic-group',
    title: 'Dynamic group',
    description: 'A group whose members are the entities of its application that fit a filter.',
    icon: 'group',
    planned: false,
    aliases: classNames('brooklyn.entity.basic.DynamicGroup', 'org.apache.brooklyn.entity.group.DynamicGroup'),
    config: {
      [FILTER]: optional(
        entityFilter,
        'Filter',
        'An expression, such as value.type == "tomcat" && value.up, or sensors["queue.size"] > 10. Of an entity there are id, name, type, planId, state, up, isMember and tags. Nobody fits unless given.',
      ),
      'dynamicgroup.ancestor': optional(
        entityReference,
        'Below',
        'Members are looked for below it; in the whole application unless given.',
      ),
    },
    flags: {
      entityFilter: FILTER,
      ancestor: 'dynamicgroup.ancestor',
    },
    effectors: [{ name: 'rescanEntities', description: 'Look for members now', parameters: z.object({}), destructive: false }],
  }),
  group: {
    keys: [FILTER],
    members: (config, { candidates }) => {
      const filter = config[FILTER];
      return typeof filter === 'string' ? fittingMembers(candidates, filter) : { ok: true, ids: [] };
    },
  },
};
