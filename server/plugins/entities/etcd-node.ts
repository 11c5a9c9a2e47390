import type { z } from 'zod';
import { mappedPort, toHostPort } from '../../domain/entity/container-sensors.ts';
import type { Sensors } from '../../domain/entity/entity.ts';
import type { Host } from '../../domain/entity/host.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { firstPort } from '../../domain/entity/port-ranges.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';
import { ETCD_CONFIG, ETCD_FLAGS } from '../../domain/entity-types/etcd-config.ts';
import { etcdMetrics } from '../../domain/entity-types/etcd-metrics.ts';
import { runnableSoftware } from '../../domain/entity-types/runnable-software.ts';
import { type EtcdServer, etcdCommands } from '../../domain/software/etcd-scripts.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const OWN_CONFIG = { ...ETCD_CONFIG, 'etcd.node.name': optional(text, 'Node name') };

type Config = z.infer<z.ZodObject<typeof OWN_CONFIG>>;

const type = runnableSoftware({
  id: 'etcd-node',
  title: 'etcd node',
  description: 'One node of etcd; its data is kept in a volume, or in a folder of its machine.',
  icon: 'key-round',
  aliases: classNames(
    'brooklyn.entity.nosql.etcd.EtcdNode',
    'org.apache.brooklyn.entity.nosql.etcd.EtcdNode',
    'io.brooklyn.entity.nosql.etcd.EtcdNode',
  ),
  config: OWN_CONFIG,
  flags: { ...ETCD_FLAGS, nodeName: 'etcd.node.name' },
  sensors: [
    { name: 'etcd.port.client', type: 'number', description: 'Port for clients' },
    { name: 'etcd.port.peer', type: 'number', description: 'Port between nodes' },
    { name: 'etcd.url', type: 'string', description: 'Where clients reach it' },
    { name: 'etcd.node.name', type: 'string', description: 'Node name' },
    { name: 'etcd.cluster.name', type: 'string', description: 'Name of its cluster' },
    { name: 'etcd.node.nodeHasJoinedCluster', type: 'boolean', description: 'True once it has joined and there is a leader' },
    { name: 'etcd.node.isLeader', type: 'number', description: '1 while it leads, else 0' },
    { name: 'etcd.raft.term', type: 'number', description: 'Elections so far', unit: 'count' },
    { name: 'etcd.raft.index', type: 'number', description: 'Entries of its log', unit: 'count' },
    { name: 'etcd.db.size', type: 'number', description: 'Its data on disk', unit: 'bytes' },
  ],
  notHonoured: {
    'etcd.node.name': 'a node is called by the id of its entity, which no other has',
    'install.version': 'the version is that of Debian, or of its image',
  },
});

/** Clocker’s EtcdNode: one of an etcd-cluster, or one by itself. */
export const plugin: EntityTypePlugin = {
  ...type,
  measures: etcdMetrics,
  software: {
    baseImage: 'debian:12',
    keepsData: true,
    commands: (config: unknown, place) => etcdCommands(toServer(config as Config), place),
    ports: (config: unknown) => [toServer(config as Config).clientPort, toServer(config as Config).peerPort],
    readiness: (config: unknown) => ({ kind: 'http', containerPort: toServer(config as Config).clientPort, path: '/health' }),
    sensors: nodeSensors,
  },
};

function toServer(config: Config): EtcdServer {
  return {
    clientPort: firstPort(config['etcd.port.client']),
    peerPort: firstPort(config['etcd.port.peer']),
    token: config['etcd.cluster.token'] ?? config['etcd.cluster.name'],
  };
}

interface Running {
  readonly config: unknown;
  readonly instance: Instance;
  readonly host: Host;
}

function nodeSensors({ config, instance, host }: Running): Sensors {
  const { clientPort, peerPort } = toServer(config as Config);
  const [client, peer] = [mappedPort(instance, clientPort), mappedPort(instance, peerPort)];
  return {
    'etcd.node.name': instance.entityId,
    'etcd.cluster.name': (config as Config)['etcd.cluster.name'],
    'etcd.node.nodeHasJoinedCluster': instance.ready,
    ...(peer === undefined ? {} : { 'etcd.port.peer': peer }),
    ...(client === undefined ? {} : { 'etcd.port.client': client, 'etcd.url': `http://${toHostPort(host.address, client)}` }),
  };
}
