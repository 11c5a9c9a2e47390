import { z } from 'zod';
import { portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Clocker’s EtcdNode. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'etcd-node',
  title: 'etcd node',
  description: 'One node of etcd.',
  icon: 'key-round',
  planned: true,
  aliases: classNames(
    'brooklyn.entity.nosql.etcd.EtcdNode',
    'org.apache.brooklyn.entity.nosql.etcd.EtcdNode',
    'io.brooklyn.entity.nosql.etcd.EtcdNode',
  ),
  config: {
    'etcd.port.client': preset(portRange, '2379+', 'Port for clients'),
    'etcd.port.peer': preset(portRange, '2380+', 'Port between nodes'),
    'etcd.node.name': optional(text, 'Node name'),
    'etcd.cluster.token': optional(text, 'Token of the cluster'),
  },
  flags: {
    etcdClientPort: 'etcd.port.client',
    etcdPeerPort: 'etcd.port.peer',
    nodeName: 'etcd.node.name',
  },
  sensors: [
    { name: 'etcd.port.client', type: 'number', description: 'Port for clients' },
    { name: 'etcd.port.peer', type: 'number', description: 'Port between nodes' },
    { name: 'etcd.node.name', type: 'string', description: 'Node name' },
    { name: 'etcd.cluster', type: 'json', description: 'Its cluster' },
    { name: 'etcd.node.nodeHasJoinedCluster', type: 'boolean', description: 'True when it has joined' },
  ],
  effectors: [
    {
      name: 'joinCluster',
      description: 'Join the cluster',
      parameters: z.object({ nodeName: text, nodeAddress: text }),
      destructive: false,
    },
    { name: 'leaveCluster', description: 'Leave the cluster', parameters: z.object({}), destructive: true },
  ],
});
