import { entityReference } from '../../domain/entity/entity-reference.ts';
import { nestedSpec } from '../../domain/entity/nested-spec.ts';
import { integer, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { latch, optional } from '../../domain/entity-types/config-values.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s DynamicMultiGroup. */
export const plugin: EntityTypePlugin = groupType({
  id: 'dynamic-multi-group',
  title: 'Dynamic groups by bucket',
  description: 'Sorts the entities that fit a filter into groups.',
  icon: 'group',
  planned: true,
  aliases: classNames('brooklyn.entity.group.DynamicMultiGroup', 'org.apache.brooklyn.entity.group.DynamicMultiGroup'),
  config: {
    'dynamicgroup.entityfilter': optional(latch, 'Filter', 'Which entities are members.'),
    'dynamicgroup.ancestor': optional(entityReference, 'Below', 'Members are looked for below it.'),
    'brooklyn.multigroup.bucketFunction': optional(latch, 'Bucket of an entity'),
    'brooklyn.multigroup.bucketExpression': optional(text, 'Bucket of an entity, as an expression'),
    'brooklyn.multigroup.bucketIdFunction': optional(latch, 'Id of a bucket'),
    'brooklyn.multigroup.bucketIdExpression': optional(text, 'Id of a bucket, as an expression'),
    'brooklyn.multigroup.groupSpec': optional(nestedSpec, 'Group of a bucket'),
    'brooklyn.multigroup.rescanInterval': optional(integer, 'Look again every', 'In seconds.'),
  },
  flags: {
    entityFilter: 'dynamicgroup.entityfilter',
    bucketFunction: 'brooklyn.multigroup.bucketFunction',
    bucketExpression: 'brooklyn.multigroup.bucketExpression',
    bucketIdFunction: 'brooklyn.multigroup.bucketIdFunction',
    bucketSpec: 'brooklyn.multigroup.groupSpec',
    rescanInterval: 'brooklyn.multigroup.rescanInterval',
  },
  sensors: [{ name: 'brooklyn.multigroup.buckets', type: 'json', description: 'Its groups by bucket' }],
});
