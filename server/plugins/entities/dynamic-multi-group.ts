import { entityFilter, membersByBucket } from '../../domain/cluster/group-members.ts';
import { nestedSpec } from '../../domain/entity/nested-spec.ts';
import { integer, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { latch, optional } from '../../domain/entity-types/config-values.ts';
import { FINDING_CONFIG, FINDING_EFFECTORS, FINDING_FLAGS, FINDING_GROUP } from '../../domain/entity-types/finding-group.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const BUCKET = 'brooklyn.multigroup.bucketExpression';
const GROUP = 'brooklyn.multigroup.groupSpec';

/** Brooklyn’s DynamicMultiGroup. */
export const plugin: EntityTypePlugin = {
  ...groupType({
    id: 'dynamic-multi-group',
    title: 'Dynamic groups by bucket',
    description: 'Sorts the entities that fit a filter into groups, its children.',
    icon: 'group',
    planned: false,
    aliases: classNames('brooklyn.entity.group.DynamicMultiGroup', 'org.apache.brooklyn.entity.group.DynamicMultiGroup'),
    config: {
      ...FINDING_CONFIG,
      [BUCKET]: optional(
        entityFilter,
        'Bucket',
        'An expression that gives the name of the group of an entity, such as value.type or sensors["host.name"]; one of which it gives nothing is in none.',
      ),
      [GROUP]: optional(nestedSpec, 'Group', 'What the group of a bucket is; a basic group unless given.'),
      'brooklyn.multigroup.bucketFunction': optional(latch, 'Bucket of an entity'),
      'brooklyn.multigroup.bucketIdFunction': optional(latch, 'Id of a bucket'),
      'brooklyn.multigroup.bucketIdExpression': optional(text, 'Id of a bucket, as an expression'),
      'brooklyn.multigroup.rescanInterval': optional(integer, 'Look again every', 'In seconds.'),
    },
    flags: {
      ...FINDING_FLAGS,
      bucketFunction: 'brooklyn.multigroup.bucketFunction',
      bucketExpression: BUCKET,
      bucketIdFunction: 'brooklyn.multigroup.bucketIdFunction',
      bucketSpec: GROUP,
      rescanInterval: 'brooklyn.multigroup.rescanInterval',
    },
    sensors: [{ name: 'brooklyn.multigroup.buckets', type: 'json', description: 'Ids of its groups by bucket' }],
    effectors: FINDING_EFFECTORS,
    notHonoured: {
      'brooklyn.multigroup.bucketIdFunction': 'the group of a bucket has its name',
      'brooklyn.multigroup.bucketIdExpression': 'the group of a bucket has its name',
      'brooklyn.multigroup.rescanInterval': 'it looks again at each change',
    },
  }),
  plannedKeys: { 'brooklyn.multigroup.bucketFunction': 'give an expression as brooklyn.multigroup.bucketExpression' },
  group: {
    keys: [...FINDING_GROUP.keys, BUCKET],
    members: FINDING_GROUP.members,
    buckets: {
      specKey: GROUP,
      sensor: 'brooklyn.multigroup.buckets',
      sort(config, members) {
        const expression = config[BUCKET];
        return typeof expression === 'string' ? membersByBucket(members, expression) : { ok: true, buckets: new Map() };
      },
    },
  },
};
