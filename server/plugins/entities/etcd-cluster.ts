import { z } from 'zod';
import { nestedSpec } from '../../domain/entity/nested-spec.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';
import {
  checkClusterSizes,
  DYNAMIC_CLUSTER_CONFIG,
  DYNAMIC_CLUSTER_EFFECTORS,
  DYNAMIC_CLUSTER_FLAGS,
  DYNAMIC_CLUSTER_NOT_HONOURED,
  DYNAMIC_CLUSTER_PLANNED_KEYS,
  DYNAMIC_CLUSTER_SENSORS,
} from '../../domain/entity-types/dynamic-cluster-config.ts';
import { toEtcdCluster } from '../../domain/entity-types/etcd-cluster.ts';
import { ETCD_CONFIG, ETCD_FLAGS } from '../../domain/entity-types/etcd-config.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const config = z
  .looseObject({
    ...DYNAMIC_CLUSTER_CONFIG,
    ...ETCD_CONFIG,
    'etcd.node.spec': optional(nestedSpec, 'Node'),
    'install.version': optional(text, 'Version'),
  })
  .superRefine(checkClusterSizes);

/** Clocker’s EtcdCluster. */
export const plugin: EntityTypePlugin<z.infer<typeof config>> = {
  id: 'etcd-cluster',
  title: 'etcd cluster',
  description: 'etcd nodes that agree with each other. A new one joins, and one that goes leaves, without loss of data.',
  icon: 'key-round',
  aliases: [
    ...classNames(
      'brooklyn.entity.nosql.etcd.EtcdCluster',
      'org.apache.brooklyn.entity.nosql.etcd.EtcdCluster',
      'io.brooklyn.entity.nosql.etcd.EtcdCluster',
    ),
    'etcd-cluster-entity',
  ],
  kind: 'cluster',
  memberType: 'etcd-node',
  config,
  flags: { ...DYNAMIC_CLUSTER_FLAGS, ...ETCD_FLAGS, etcdNodeSpec: 'etcd.node.spec', version: 'install.version' },
  sensors: [
    ...DYNAMIC_CLUSTER_SENSORS,
    { name: 'etcd.cluster.name', type: 'string', description: 'Its name' },
    { name: 'etcd.cluster.nodes', type: 'json', description: 'Where its nodes are reached, by name' },
    { name: 'etcd.cluster.urls', type: 'json', description: 'Where its nodes are reached' },
    { name: 'etcd.cluster.nodeList', type: 'string', description: 'The same, with commas' },
    { name: 'etcd.cluster.firstNode', type: 'string', description: 'Name of its first node' },
    { name: 'etcd.cluster.leaders', type: 'number', description: 'Nodes that lead: 1 while it serves', unit: 'count' },
  ],
  effectors: DYNAMIC_CLUSTER_EFFECTORS,
  plannedKeys: DYNAMIC_CLUSTER_PLANNED_KEYS,
  notHonoured: DYNAMIC_CLUSTER_NOT_HONOURED,
  compose: toEtcdCluster,
};
