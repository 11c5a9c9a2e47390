import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';
import { clusterType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s HazelcastCluster. */
export const plugin: EntityTypePlugin = clusterType({
  id: 'hazelcast-cluster',
  title: 'Hazelcast cluster',
  description: 'Hazelcast nodes.',
  icon: 'database',
  planned: true,
  aliases: classNames('org.apache.brooklyn.entity.nosql.hazelcast.HazelcastCluster'),
  memberType: 'hazelcast-node',
  config: {
    'hazelcast.cluster.name': optional(text, 'Name'),
    'hazelcast.cluster.password': optional(text, 'Password'),
  },
  secretKeys: ['hazelcast.cluster.password'],
  flags: {
    clusterName: 'hazelcast.cluster.name',
    clusterPassword: 'hazelcast.cluster.password',
  },
  sensors: [{ name: 'hazelcast.cluster.public.nodes', type: 'json', description: 'Where its nodes are reached' }],
});
