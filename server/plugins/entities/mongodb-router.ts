import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, texts } from '../../domain/entity-types/config-values.ts';
import { MONGODB_CONFIG, MONGODB_FLAGS, MONGODB_SECRETS, MONGODB_SENSORS } from '../../domain/entity-types/mongodb-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s MongoDBRouter. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'mongodb-router',
  title: 'MongoDB router',
  description: 'Leads requests to the shards that have the data.',
  icon: 'leaf',
  planned: true,
  aliases: classNames(
    'brooklyn.entity.nosql.mongodb.sharding.MongoDBRouter',
    'org.apache.brooklyn.entity.nosql.mongodb.sharding.MongoDBRouter',
  ),
  config: {
    ...MONGODB_CONFIG,
    'mongodb.router.config.servers': optional(texts, 'Config servers'),
  },
  secretKeys: MONGODB_SECRETS,
  flags: MONGODB_FLAGS,
  sensors: [
    ...MONGODB_SENSORS,
    { name: 'mongodb.router.config.shard.count', type: 'number', description: 'Shards', unit: 'count' },
    { name: 'mongodb.router.running', type: 'boolean', description: 'True while it runs' },
  ],
});
