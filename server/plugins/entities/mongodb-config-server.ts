import { classNames } from '../../domain/entity-types/class-names.ts';
import { MONGODB_CONFIG, MONGODB_FLAGS, MONGODB_SECRETS, MONGODB_SENSORS } from '../../domain/entity-types/mongodb-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s MongoDBConfigServer. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'mongodb-config-server',
  title: 'MongoDB config server',
  description: 'Knows where the data of a sharded MongoDB is.',
  icon: 'leaf',
  planned: true,
  aliases: classNames(
    'brooklyn.entity.nosql.mongodb.sharding.MongoDBConfigServer',
    'org.apache.brooklyn.entity.nosql.mongodb.sharding.MongoDBConfigServer',
  ),
  config: MONGODB_CONFIG,
  secretKeys: MONGODB_SECRETS,
  flags: MONGODB_FLAGS,
  sensors: MONGODB_SENSORS,
});
