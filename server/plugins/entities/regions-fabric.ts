import { z } from 'zod';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';
import { clusterType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s DynamicRegionsFabric. */
export const plugin: EntityTypePlugin = clusterType({
  id: 'regions-fabric',
  title: 'Regions fabric',
  description: 'A fabric whose places can be added and removed while it runs.',
  icon: 'globe',
  planned: true,
  manyLocations: true,
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
  sensors: [{ name: 'fabric.size', type: 'number', description: 'Places', unit: 'count' }],
  effectors: [
    { name: 'addRegion', description: 'Add a place', parameters: z.object({ location: text }), destructive: false },
    { name: 'removeRegion', description: 'Remove a place and its member', parameters: z.object({ id: text }), destructive: true },
  ],
});
