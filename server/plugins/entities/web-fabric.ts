import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, optional } from '../../domain/entity-types/config-values.ts';
import { toFabric } from '../../domain/entity-types/fabric.ts';
import { JAVA_CONFIG, JAVA_FLAGS } from '../../domain/entity-types/java-config.ts';
import { fabricType } from '../../domain/entity-types/type-kinds.ts';
import { WAR_CONFIG, WAR_FLAGS, WEB_CLUSTER_SENSORS, WEB_CONFIG, WEB_FLAGS } from '../../domain/entity-types/web-app-config.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s DynamicWebAppFabric. */
export const plugin: EntityTypePlugin = {
  ...fabricType({
    id: 'web-fabric',
    title: 'Web fabric',
    description: 'A web cluster in each of several places.',
    icon: 'globe',
    planned: false,
    aliases: classNames('brooklyn.entity.webapp.DynamicWebAppFabric', 'org.apache.brooklyn.entity.webapp.DynamicWebAppFabric'),
    memberType: 'controlled-web-cluster',
    config: {
      ...JAVA_CONFIG,
      ...WEB_CONFIG,
      ...WAR_CONFIG,
      'dynamicfabric.displayNamePrefix': optional(text, 'Prefix of names'),
      'dynamicfabric.displayNameSuffix': optional(text, 'Suffix of names'),
      'dynamicfabric.customChildFlags': optional(anyMap, 'Config of members'),
      includeInitialChildren: optional(boolean, 'Count children that are there'),
    },
    flags: {
      ...JAVA_FLAGS,
      ...WEB_FLAGS,
      ...WAR_FLAGS,
      displayNamePrefix: 'dynamicfabric.displayNamePrefix',
      displayNameSuffix: 'dynamicfabric.displayNameSuffix',
      customChildFlags: 'dynamicfabric.customChildFlags',
    },
    sensors: [...WEB_CLUSTER_SENSORS],
  }),
  compose: toFabric,
};
