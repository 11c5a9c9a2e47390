import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { latch, optional, preset, size } from '../../domain/entity-types/config-values.ts';
import { clusterType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s ZooKeeperEnsemble. */
export const plugin: EntityTypePlugin = clusterType({
  id: 'zookeeper-ensemble',
  title: 'ZooKeeper ensemble',
  description: 'ZooKeeper nodes that agree with each other.',
  icon: 'key-round',
  planned: true,
  aliases: classNames('brooklyn.entity.zookeeper.ZooKeeperEnsemble', 'org.apache.brooklyn.entity.zookeeper.ZooKeeperEnsemble'),
  memberType: 'zookeeper-node',
  config: {
    'zookeeper.cluster.name': preset(text, 'BrooklynZookeeperCluster', 'Name'),
    'cluster.initial.size': preset(size, 3, 'Initial size'),
    'zookeeper.nodeId.supplier': optional(latch, 'Ids'),
    'install.version': optional(text, 'Version'),
  },
  flags: {
    clusterName: 'zookeeper.cluster.name',
    version: 'install.version',
  },
  sensors: [
    { name: 'zookeeper.servers', type: 'json', description: 'Where its nodes are reached' },
    { name: 'zookeeper.endpoints', type: 'string', description: 'The same, with commas' },
  ],
});
