import { z } from 'zod';
import { duration } from '../../domain/entity/container-config.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import {
  CASSANDRA_RING_CONFIG,
  CASSANDRA_RING_FLAGS,
  CASSANDRA_SETUP_CONFIG,
  CASSANDRA_SETUP_FLAGS,
  RUN_CQL,
} from '../../domain/entity-types/cassandra-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { latch, optional, preset } from '../../domain/entity-types/config-values.ts';
import { CREATION_SCRIPT_CONFIG, CREATION_SCRIPT_FLAGS, DATASTORE_SENSORS } from '../../domain/entity-types/datastore-config.ts';
import { clusterType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s CassandraDatacenter. */
export const plugin: EntityTypePlugin = clusterType({
  id: 'cassandra-cluster',
  title: 'Cassandra cluster',
  description: 'Cassandra nodes in one place.',
  icon: 'database',
  planned: true,
  aliases: classNames(
    'brooklyn.entity.nosql.cassandra.CassandraDatacenter',
    'org.apache.brooklyn.entity.nosql.cassandra.CassandraDatacenter',
    'brooklyn.entity.nosql.cassandra.CassandraCluster',
    'org.apache.brooklyn.entity.nosql.cassandra.CassandraCluster',
  ),
  memberType: 'cassandra-node',
  config: {
    ...CREATION_SCRIPT_CONFIG,
    ...CASSANDRA_RING_CONFIG,
    ...CASSANDRA_SETUP_CONFIG,
    'cassandra.cluster.seedSupplier': optional(latch, 'Seeds'),
    'cassandra.cluster.tokenGenerator.class': optional(text, 'Generator of tokens'),
    'cassandra.cluster.tokenShift': optional(text, 'Shift of tokens'),
    'cassandra.cluster.useVnodes': preset(boolean, false, 'Virtual nodes'),
    'cassandra.cluster.delayBeforeAdvertisingCluster': preset(duration, '10s', 'Wait before telling its address'),
    'install.version': optional(text, 'Version'),
  },
  flags: {
    ...CREATION_SCRIPT_FLAGS,
    ...CASSANDRA_RING_FLAGS,
    ...CASSANDRA_SETUP_FLAGS,
    seedSupplier: 'cassandra.cluster.seedSupplier',
    tokenGeneratorClass: 'cassandra.cluster.tokenGenerator.class',
    tokenShift: 'cassandra.cluster.tokenShift',
    delayBeforeAdvertisingCluster: 'cassandra.cluster.delayBeforeAdvertisingCluster',
    version: 'install.version',
  },
  sensors: [
    ...DATASTORE_SENSORS,
    { name: 'cassandra.cluster.hostname', type: 'string', description: 'Name of one of its nodes' },
    { name: 'cassandra.cluster.nodes', type: 'json', description: 'Where its nodes are reached' },
    { name: 'cassandra.cluster.thrift.port', type: 'number', description: 'Thrift port' },
    { name: 'cassandra.cluster.seeds.current', type: 'json', description: 'Its seeds' },
    { name: 'cassandra.cluster.datacenters', type: 'json', description: 'Its data centres' },
    { name: 'cassandra.reads.perSec.windowed.perNode', type: 'number', description: 'Reads a second and node', unit: 'perSecond' },
    { name: 'cassandra.writes.perSec.windowed.perNode', type: 'number', description: 'Writes a second and node', unit: 'perSecond' },
  ],
  effectors: [RUN_CQL, { name: 'update', description: 'Tell all nodes who the others are', parameters: z.object({}), destructive: false }],
});
