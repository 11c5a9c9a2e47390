import { z } from 'zod';
import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { JAVA_CONFIG, JAVA_FLAGS } from '../../domain/entity-types/java-config.ts';
import { RIAK_CONFIG, RIAK_FLAGS } from '../../domain/entity-types/riak-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s RiakNode. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'riak-node',
  title: 'Riak node',
  description: 'One node of Riak.',
  icon: 'database',
  planned: true,
  aliases: classNames('brooklyn.entity.nosql.riak.RiakNode', 'org.apache.brooklyn.entity.nosql.riak.RiakNode'),
  config: {
    ...JAVA_CONFIG,
    ...RIAK_CONFIG,
  },
  flags: {
    ...JAVA_FLAGS,
    ...RIAK_FLAGS,
  },
  sensors: [
    { name: 'riak.webPort', type: 'number', description: 'HTTP port' },
    { name: 'riak.pbPort', type: 'number', description: 'Port for protocol buffers' },
    { name: 'riak.node', type: 'string', description: 'Name in the ring' },
    { name: 'riak.node.riakNodeHasJoinedCluster', type: 'boolean', description: 'True when it has joined' },
    { name: 'riak.console', type: 'string', description: 'Its console' },
    { name: 'main.uri', type: 'string', description: 'Its console' },
    { name: 'ring.members', type: 'json', description: 'Nodes of its ring' },
    { name: 'riak.node.gets', type: 'number', description: 'Reads in the last minute', unit: 'count' },
    { name: 'riak.node.puts', type: 'number', description: 'Writes in the last minute', unit: 'count' },
    { name: 'riak.node.ops', type: 'number', description: 'Operations in the last minute', unit: 'count' },
    { name: 'riak.node.ops.total', type: 'number', description: 'Operations', unit: 'count' },
  ],
  effectors: [
    { name: 'joinCluster', description: 'Join the ring', parameters: z.object({ nodeName: text }), destructive: false },
    { name: 'leaveCluster', description: 'Leave the ring', parameters: z.object({}), destructive: true },
    {
      name: 'recoverFailedNode',
      description: 'Take the place of a failed node',
      parameters: z.object({ nodeName: text }),
      destructive: true,
    },
  ],
});
