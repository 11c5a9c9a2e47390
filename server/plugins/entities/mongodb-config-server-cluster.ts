import { classNames } from '../../domain/entity-types/class-names.ts';
import { MONGODB_CONFIG, MONGODB_FLAGS, MONGODB_SECRETS, MONGODB_SENSORS } from '../../domain/entity-types/mongodb-config.ts';
import { clusterType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s MongoDBConfigServerCluster. */
export const plugin: EntityTypePlugin = clusterType({
  id: 'mongodb-config-server-cluster',
  title: 'MongoDB config servers',
  description: 'The config servers of a sharded MongoDB.',
  icon: 'leaf',
  planned: true,
  aliases: classNames(
    'brooklyn.entity.nosql.mongodb.sharding.MongoDBConfigServerCluster',
    'org.apache.brooklyn.entity.nosql.mongodb.sharding.MongoDBConfigServerCluster',
  ),
  memberType: 'mongodb-config-server',
  config: MONGODB_CONFIG,
  secretKeys: MONGODB_SECRETS,
  flags: MONGODB_FLAGS,
  sensors: [...MONGODB_SENSORS, { name: 'mongodb.config.server.addresses', type: 'json', description: 'Where they are reached' }],
});
