import { duration } from '../../domain/entity/container-config.ts';
import { integer, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { mapList, optional, preset } from '../../domain/entity-types/config-values.ts';
import { COUCHBASE_CONFIG, COUCHBASE_FLAGS, COUCHBASE_SECRETS } from '../../domain/entity-types/couchbase-config.ts';
import { clusterType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s CouchbaseCluster. */
export const plugin: EntityTypePlugin = clusterType({
  id: 'couchbase-cluster',
  title: 'Couchbase cluster',
  description: 'Couchbase nodes with their buckets.',
  icon: 'database',
  planned: true,
  aliases: classNames('brooklyn.entity.nosql.couchbase.CouchbaseCluster', 'org.apache.brooklyn.entity.nosql.couchbase.CouchbaseCluster'),
  memberType: 'couchbase-node',
  config: {
    ...COUCHBASE_CONFIG,
    'couchbase.cluster.name': optional(text, 'Name'),
    'couchbase.cluster.intialQuorumSize': preset(integer, -1, 'Initial quorum'),
    'couchbase.cluster.delayBeforeAdvertisingCluster': preset(duration, '10s', 'Wait before telling its address'),
    'couchbase.cluster.postStartStabilizationDelay': preset(duration, '10s', 'Wait after the start of its nodes'),
    'couchbase.cluster.createBuckets': optional(
      mapList,
      'Buckets',
      'Each with bucket, bucket-type, bucket-port, bucket-ramsize, bucket-replica.',
    ),
    'couchbase.cluster.replicationConfiguration': optional(mapList, 'Replication', 'To other clusters.'),
  },
  secretKeys: COUCHBASE_SECRETS,
  flags: {
    ...COUCHBASE_FLAGS,
    clusterName: 'couchbase.cluster.name',
    intialQuorumSize: 'couchbase.cluster.intialQuorumSize',
    delayBeforeAdvertisingCluster: 'couchbase.cluster.delayBeforeAdvertisingCluster',
    postStartStabilizationDelay: 'couchbase.cluster.postStartStabilizationDelay',
    createBuckets: 'couchbase.cluster.createBuckets',
    replication: 'couchbase.cluster.replicationConfiguration',
  },
  sensors: [
    { name: 'couchbase.cluster.connection.url', type: 'string', description: 'Where clients connect' },
    { name: 'couchbase.cluster.buckets', type: 'json', description: 'Its buckets' },
    { name: 'couchbase.cluster.node.addresses', type: 'json', description: 'Where its nodes are reached' },
    { name: 'couchbase.cluster.primaryNode', type: 'json', description: 'Its first node' },
    { name: 'couchbase.cluster.isClusterInitialized', type: 'boolean', description: 'True when its nodes have joined' },
    { name: 'couchbase.stats.cluster.per.node.ops', type: 'number', description: 'Operations a second and node', unit: 'perSecond' },
    { name: 'couchbase.stats.cluster.per.node.mem.used', type: 'number', description: 'Memory in use a node', unit: 'bytes' },
  ],
});
