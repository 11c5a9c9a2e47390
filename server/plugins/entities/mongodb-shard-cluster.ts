import { classNames } from '../../domain/entity-types/class-names.ts';
import { MONGODB_CONFIG, MONGODB_FLAGS, MONGODB_SECRETS, MONGODB_SENSORS } from '../../domain/entity-types/mongodb-config.ts';
import { clusterType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s MongoDBShardCluster. */
export const plugin: EntityTypePlugin = clusterType({
  id: 'mongodb-shard-cluster',
  title: 'MongoDB shard cluster',
  description: 'The shards of a sharded MongoDB.',
  icon: 'leaf',
  planned: true,
  aliases: classNames(
    'brooklyn.entity.nosql.mongodb.sharding.MongoDBShardCluster',
    'org.apache.brooklyn.entity.nosql.mongodb.sharding.MongoDBShardCluster',
  ),
  memberType: 'mongodb-replica-set',
  config: MONGODB_CONFIG,
  secretKeys: MONGODB_SECRETS,
  flags: MONGODB_FLAGS,
  sensors: MONGODB_SENSORS,
});
