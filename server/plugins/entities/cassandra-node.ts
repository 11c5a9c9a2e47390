import { text } from '../../domain/entity/value-schemas.ts';
import {
  CASSANDRA_RING_CONFIG,
  CASSANDRA_RING_FLAGS,
  CASSANDRA_SETUP_CONFIG,
  CASSANDRA_SETUP_FLAGS,
  RUN_CQL,
} from '../../domain/entity-types/cassandra-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, texts } from '../../domain/entity-types/config-values.ts';
import { CREATION_SCRIPT_CONFIG, CREATION_SCRIPT_FLAGS, DATASTORE_SENSORS } from '../../domain/entity-types/datastore-config.ts';
import { JAVA_CONFIG, JAVA_FLAGS, JMX_CONFIG, JMX_FLAGS, JMX_SECRETS, JMX_SENSORS } from '../../domain/entity-types/java-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s CassandraNode. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'cassandra-node',
  title: 'Cassandra node',
  description: 'One node of Cassandra.',
  icon: 'database',
  planned: true,
  aliases: classNames('brooklyn.entity.nosql.cassandra.CassandraNode', 'org.apache.brooklyn.entity.nosql.cassandra.CassandraNode'),
  config: {
    ...JAVA_CONFIG,
    ...JMX_CONFIG,
    ...CREATION_SCRIPT_CONFIG,
    ...CASSANDRA_RING_CONFIG,
    'cassandra.tokens': optional(texts, 'Tokens'),
    'cassandra.token': optional(text, 'Token'),
    ...CASSANDRA_SETUP_CONFIG,
  },
  secretKeys: JMX_SECRETS,
  flags: {
    ...JAVA_FLAGS,
    ...JMX_FLAGS,
    ...CREATION_SCRIPT_FLAGS,
    ...CASSANDRA_RING_FLAGS,
    tokens: 'cassandra.tokens',
    token: 'cassandra.token',
    ...CASSANDRA_SETUP_FLAGS,
  },
  sensors: [
    ...JMX_SENSORS,
    ...DATASTORE_SENSORS,
    { name: 'cassandra.thrift.port', type: 'number', description: 'Thrift port' },
    { name: 'cassandra.native.port', type: 'number', description: 'Native port' },
    { name: 'cassandra.gossip.port', type: 'number', description: 'Gossip port' },
    { name: 'cassandra.peers', type: 'number', description: 'Nodes it knows', unit: 'count' },
    { name: 'cassandra.liveNodeCount', type: 'number', description: 'Nodes that live', unit: 'count' },
    { name: 'cassandra.read.pending', type: 'number', description: 'Reads that wait', unit: 'count' },
    { name: 'cassandra.write.pending', type: 'number', description: 'Writes that wait', unit: 'count' },
    { name: 'cassandra.reads.perSec.windowed', type: 'number', description: 'Reads a second, over the last while', unit: 'perSecond' },
    { name: 'cassandra.writes.perSec.windowed', type: 'number', description: 'Writes a second, over the last while', unit: 'perSecond' },
    { name: 'cassandra.thrift.latency.windowed', type: 'number', description: 'Latency, over the last while', unit: 'ms' },
  ],
  effectors: [RUN_CQL],
});
