import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, optional } from '../../domain/entity-types/config-values.ts';
import { toFabric } from '../../domain/entity-types/fabric.ts';
import { fabricType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s DynamicFabric. */
export const plugin: EntityTypePlugin = {
  ...fabricType({
    id: 'fabric',
    title: 'Fabric',
    description: 'One member in each of its locations.',
    icon: 'globe',
    planned: false,
    aliases: classNames('brooklyn.entity.group.DynamicFabric', 'org.apache.brooklyn.entity.group.DynamicFabric'),
    config: {
      'dynamicfabric.displayNamePrefix': optional(text, 'Prefix of names'),
      'dynamicfabric.displayNameSuffix': optional(text, 'Suffix of names'),
      'dynamicfabric.customChildFlags': optional(anyMap, 'Config of members'),
      includeInitialChildren: optional(boolean, 'Count children that are there'),
    },
    flags: {
      displayNamePrefix: 'dynamicfabric.displayNamePrefix',
      displayNameSuffix: 'dynamicfabric.displayNameSuffix',
      customChildFlags: 'dynamicfabric.customChildFlags',
    },
  }),
  compose: toFabric,
};
