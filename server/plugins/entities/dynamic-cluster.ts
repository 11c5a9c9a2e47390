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
import { BALANCED_SENSORS } from '../../domain/entity-types/web-app-config.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const config = z.looseObject(DYNAMIC_CLUSTER_CONFIG).superRefine(checkClusterSizes);

/** A group whose members are copies of one member spec. */
export const plugin: EntityTypePlugin<z.infer<typeof config>> = {
  id: 'dynamic-cluster',
  title: 'Cluster',
  description: 'As many copies of one service as wanted, resized while it runs.',
  icon: 'layers',
  aliases: [...classNames('brooklyn.entity.group.DynamicCluster', 'org.apache.brooklyn.entity.group.DynamicCluster'), 'cluster'],
  kind: 'cluster',
  config,
  flags: DYNAMIC_CLUSTER_FLAGS,
  sensors: [...DYNAMIC_CLUSTER_SENSORS, ...BALANCED_SENSORS],
  effectors: DYNAMIC_CLUSTER_EFFECTORS,
  plannedKeys: DYNAMIC_CLUSTER_PLANNED_KEYS,
  notHonoured: DYNAMIC_CLUSTER_NOT_HONOURED,
};
