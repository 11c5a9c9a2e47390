import { integer } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { latch, optional, preset } from '../../domain/entity-types/config-values.ts';
import { clusterType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s CassandraFabric: one cluster in each location. */
export const plugin: EntityTypePlugin = clusterType({
  id: 'cassandra-fabric',
  title: 'Cassandra fabric',
  description: 'Cassandra over several places.',
  icon: 'globe',
  planned: true,
  manyLocations: true,
  aliases: classNames('brooklyn.entity.nosql.cassandra.CassandraFabric', 'org.apache.brooklyn.entity.nosql.cassandra.CassandraFabric'),
  memberType: 'cassandra-cluster',
  config: {
    'fabric.initial.quorumSize': preset(integer, -1, 'Initial quorum'),
    'cassandra.fabric.datacenter.namer': optional(latch, 'Names of data centres'),
  },
  sensors: [
    { name: 'cassandra.cluster.hostname', type: 'string', description: 'Name of one of its nodes' },
    { name: 'cassandra.cluster.thrift.port', type: 'number', description: 'Thrift port' },
    { name: 'cassandra.cluster.seeds.current', type: 'json', description: 'Its seeds' },
    { name: 'fabric.size', type: 'number', description: 'Places', unit: 'count' },
  ],
});
