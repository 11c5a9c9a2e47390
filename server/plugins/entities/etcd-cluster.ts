import { nestedSpec } from '../../domain/entity/nested-spec.ts';
import { portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';
import { clusterType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Clocker’s EtcdCluster. */
export const plugin: EntityTypePlugin = clusterType({
  id: 'etcd-cluster',
  title: 'etcd cluster',
  description: 'etcd nodes that agree with each other.',
  icon: 'key-round',
  planned: true,
  aliases: [
    ...classNames(
      'brooklyn.entity.nosql.etcd.EtcdCluster',
      'org.apache.brooklyn.entity.nosql.etcd.EtcdCluster',
      'io.brooklyn.entity.nosql.etcd.EtcdCluster',
    ),
    'etcd-cluster-entity',
  ],
  memberType: 'etcd-node',
  config: {
    'etcd.cluster.name': preset(text, 'brooklyn', 'Name'),
    'etcd.cluster.token': optional(text, 'Token', 'By which its nodes know each other.'),
    'etcd.node.spec': optional(nestedSpec, 'Node'),
    'install.version': optional(text, 'Version'),
    'etcd.port.client': preset(portRange, '2379+', 'Port for clients'),
    'etcd.port.peer': preset(portRange, '2380+', 'Port between nodes'),
  },
  flags: {
    clusterName: 'etcd.cluster.name',
    clusterToken: 'etcd.cluster.token',
    etcdNodeSpec: 'etcd.node.spec',
    version: 'install.version',
    etcdClientPort: 'etcd.port.client',
    etcdPeerPort: 'etcd.port.peer',
  },
  sensors: [
    { name: 'etcd.cluster.nodes', type: 'json', description: 'Its nodes by name' },
    { name: 'etcd.cluster.nodeList', type: 'string', description: 'Where its nodes are reached, with commas' },
    { name: 'etcd.cluster.firstNode', type: 'json', description: 'Its first node' },
  ],
});
