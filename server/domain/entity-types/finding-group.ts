import { z } from 'zod';
import { entityFilter, type FoundMembers, fittingMembers, type GroupLook } from '../cluster/group-members.ts';
import { entityReference } from '../entity/entity-reference.ts';
import type { Json } from '../shared/json.ts';
import { optional } from './config-values.ts';
import type { EffectorDefinition } from './type-members.ts';

const FILTER = 'dynamicgroup.entityfilter';

/** Groups whose members are found: Brooklyn's DynamicGroup, and those that do more with what they find. */
export const FINDING_CONFIG = {
  [FILTER]: optional(
    entityFilter,
    'Filter',
    'An expression, such as value.type == "tomcat" && value.up, or sensors["queue.size"] > 10. Of an entity there are id, name, type, planId, state, up, isMember and tags. Nobody fits unless given.',
  ),
  'dynamicgroup.ancestor': optional(entityReference, 'Below', 'Members are looked for below it; in the whole application unless given.'),
};

export const FINDING_FLAGS = {
  entityFilter: FILTER,
  ancestor: 'dynamicgroup.ancestor',
} as const;

export const FINDING_EFFECTORS: readonly EffectorDefinition[] = [
  { name: 'rescanEntities', description: 'Look for members now', parameters: z.object({}), destructive: false },
];

export const FINDING_GROUP = {
  keys: [FILTER],
  members(config: Readonly<Record<string, Json | undefined>>, { candidates }: GroupLook): FoundMembers {
    const filter = config[FILTER];
    return typeof filter === 'string' ? fittingMembers(candidates, filter) : { ok: true, ids: [] };
  },
};
