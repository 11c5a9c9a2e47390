import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';
import { toFabric } from '../../domain/entity-types/fabric.ts';
import { fabricType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s DynamicRegionsFabric. */
export const plugin: EntityTypePlugin = {
  ...fabricType({
    id: 'regions-fabric',
    title: 'Regions fabric',
    description: 'One member in each of its locations; those that are added to the blueprint or taken out come and go while it runs.',
    icon: 'globe',
    planned: false,
    aliases: classNames('brooklyn.entity.group.DynamicRegionsFabric', 'org.apache.brooklyn.entity.group.DynamicRegionsFabric'),
    config: {
      'dynamicfabric.displayNamePrefix': optional(text, 'Prefix of names'),
      'dynamicfabric.displayNameSuffix': optional(text, 'Suffix of names'),
      includeInitialChildren: optional(boolean, 'Count children that are there'),
    },
    flags: {
      displayNamePrefix: 'dynamicfabric.displayNamePrefix',
      displayNameSuffix: 'dynamicfabric.displayNameSuffix',
    },
  }),
  compose: toFabric,
};
