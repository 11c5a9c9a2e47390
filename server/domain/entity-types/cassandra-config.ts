import { z } from 'zod';
import { boolean, portRange, text } from '../entity/value-schemas.ts';
import { anyList, optional, preset, size, url } from './config-values.ts';
import type { EffectorDefinition } from './type-members.ts';

/** Who the nodes of a ring are and how they talk; nodes have it, and the cluster that gives it to all of them. */
export const CASSANDRA_RING_CONFIG = {
  'cassandra.cluster.name': preset(text, 'BrooklynCluster', 'Cluster name'),
  'cassandra.cluster.snitchName': optional(text, 'Snitch', 'How it knows racks and data centres.'),
  'cassandra.gossip.port': preset(portRange, '7000+', 'Gossip port'),
  'cassandra.ssl-gossip.port': preset(portRange, '7001+', 'Gossip port by TLS'),
  'cassandra.thrift.port': preset(portRange, '9160+', 'Thrift port'),
  'cassandra.native.port': preset(portRange, '9042+', 'Native port'),
  'cassandra.numTokensPerNode': optional(size, 'Tokens a node'),
};

export const CASSANDRA_RING_FLAGS = {
  clusterName: 'cassandra.cluster.name',
  snitchName: 'cassandra.cluster.snitchName',
  gossipPort: 'cassandra.gossip.port',
  sslGgossipPort: 'cassandra.ssl-gossip.port',
  thriftPort: 'cassandra.thrift.port',
  nativePort: 'cassandra.native.port',
} as const;

/** Where a node stands, and how it is installed and configured. */
export const CASSANDRA_SETUP_CONFIG = {
  'cassandra.replication.datacenterName': optional(text, 'Data centre'),
  'cassandra.replication.rackName': optional(text, 'Rack'),
  'cassandra.config.templateUrl': optional(url, 'Template of its configuration'),
  'cassandra.config.fileName': optional(text, 'Name of its configuration'),
  'cassandra.config.rackdc.templateUrl': optional(url, 'Template of racks'),
  'cassandra.config.rackdc.fileName': optional(text, 'Name of racks'),
  'cassandra.config.customSnitchUrl': optional(url, 'Archive of the snitch'),
  'cassandra.install.mirror.url': optional(url, 'Mirror'),
  'cassandra.install.tgzUrl': optional(url, 'Archive'),
  'cassandra.cluster.seeds.initial': optional(anyList, 'First seeds'),
  'thriftMonitoring.enabled': optional(boolean, 'Check by Thrift'),
  'cassandra.listenAddressSensor': optional(text, 'Sensor of the address it listens on'),
  'cassandra.broadcastAddressSensor': optional(text, 'Sensor of the address it tells'),
  'cassandra.rpcAddressSensor': optional(text, 'Sensor of the address for clients'),
};

export const CASSANDRA_SETUP_FLAGS = {
  datacenterName: 'cassandra.replication.datacenterName',
  rackName: 'cassandra.replication.rackName',
  cassandraConfigTemplateUrl: 'cassandra.config.templateUrl',
  cassandraConfigFileName: 'cassandra.config.fileName',
  cassandraRackdcConfigTemplateUrl: 'cassandra.config.rackdc.templateUrl',
  cassandraRackdcConfigFileName: 'cassandra.config.rackdc.fileName',
  customSnitchJarUrl: 'cassandra.config.customSnitchUrl',
  mirrorUrl: 'cassandra.install.mirror.url',
  tgzUrl: 'cassandra.install.tgzUrl',
  useThriftMonitoring: 'thriftMonitoring.enabled',
} as const;

export const RUN_CQL: EffectorDefinition = {
  name: 'executeScript',
  description: 'Run CQL',
  parameters: z.object({ commands: text }),
  destructive: false,
};
