import { z } from 'zod';
import { classNames } from '../../domain/entity-types/class-names.ts';
import {
  checkClusterSizes,
  DYNAMIC_CLUSTER_CONFIG,
  DYNAMIC_CLUSTER_EFFECTORS,
  DYNAMIC_CLUSTER_FLAGS,
  DYNAMIC_CLUSTER_NOT_HONOURED,
  DYNAMIC_CLUSTER_PLANNED_KEYS,
  DYNAMIC_CLUSTER_SENSORS,
} from '../../domain/entity-types/dynamic-cluster-config.ts';
import { JAVA_CONFIG, JAVA_FLAGS } from '../../domain/entity-types/java-config.ts';
import { BALANCED_SENSORS, WAR_CONFIG, WAR_FLAGS, WEB_CONFIG, WEB_FLAGS } from '../../domain/entity-types/web-app-config.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const config = z.looseObject({ ...JAVA_CONFIG, ...WEB_CONFIG, ...WAR_CONFIG, ...DYNAMIC_CLUSTER_CONFIG }).superRefine(checkClusterSizes);

/**
 * Brooklyn's DynamicWebAppCluster. Web archives and ports may be given to it, for all its members. The load balancer over it counts their
 * requests.
 */
export const plugin: EntityTypePlugin<z.infer<typeof config>> = {
  id: 'web-cluster',
  title: 'Web cluster',
  description: 'As many copies of one web server as wanted, resized while it runs.',
  icon: 'layers',
  aliases: classNames('brooklyn.entity.webapp.DynamicWebAppCluster', 'org.apache.brooklyn.entity.webapp.DynamicWebAppCluster'),
  kind: 'cluster',
  config,
  flags: { ...JAVA_FLAGS, ...WEB_FLAGS, ...WAR_FLAGS, ...DYNAMIC_CLUSTER_FLAGS },
  sensors: [...DYNAMIC_CLUSTER_SENSORS, ...BALANCED_SENSORS],
  effectors: DYNAMIC_CLUSTER_EFFECTORS,
  plannedKeys: DYNAMIC_CLUSTER_PLANNED_KEYS,
  notHonoured: DYNAMIC_CLUSTER_NOT_HONOURED,
};
