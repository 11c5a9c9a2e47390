import { duration } from '../../domain/entity/container-config.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';
import { CONTAINER_PLACEMENT_CONFIG, CONTAINER_PLACEMENT_FLAGS } from '../../domain/entity-types/container-placement-config.ts';
import { RIAK_CONFIG, RIAK_FLAGS } from '../../domain/entity-types/riak-config.ts';
import { clusterType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s RiakCluster. */
export const plugin: EntityTypePlugin = clusterType({
  id: 'riak-cluster',
  title: 'Riak cluster',
  description: 'Riak nodes in one ring.',
  icon: 'database',
  planned: true,
  aliases: classNames('brooklyn.entity.nosql.riak.RiakCluster', 'org.apache.brooklyn.entity.nosql.riak.RiakCluster'),
  memberType: 'riak-node',
  config: {
    ...CONTAINER_PLACEMENT_CONFIG,
    'riak.cluster.delayBeforeAdvertisingCluster': preset(duration, '2m', 'Wait before telling its address'),
    'install.version': optional(text, 'Version'),
    ...RIAK_CONFIG,
  },
  flags: {
    ...CONTAINER_PLACEMENT_FLAGS,
    delayBeforeAdvertisingCluster: 'riak.cluster.delayBeforeAdvertisingCluster',
    version: 'install.version',
    ...RIAK_FLAGS,
  },
  sensors: [
    { name: 'riak.cluster.nodes', type: 'json', description: 'Its nodes by name' },
    { name: 'riak.cluster.nodeList', type: 'string', description: 'Where its nodes are reached by HTTP, with commas' },
    { name: 'riak.cluster.nodeListPbPort', type: 'string', description: 'Where its nodes are reached by protocol buffers, with commas' },
    { name: 'riak.cluster.isClusterInit', type: 'boolean', description: 'True when its nodes have joined' },
    { name: 'main.uri', type: 'string', description: 'Its console' },
    { name: 'riak.node.ops.1m.perNode', type: 'number', description: 'Operations in the last minute, a node', unit: 'count' },
    { name: 'riak.node.gets.1m.perNode', type: 'number', description: 'Reads in the last minute, a node', unit: 'count' },
    { name: 'riak.node.puts.1m.perNode', type: 'number', description: 'Writes in the last minute, a node', unit: 'count' },
  ],
});
