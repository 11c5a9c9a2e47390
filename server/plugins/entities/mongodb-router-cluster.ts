import { classNames } from '../../domain/entity-types/class-names.ts';
import { MONGODB_CONFIG, MONGODB_FLAGS, MONGODB_SECRETS, MONGODB_SENSORS } from '../../domain/entity-types/mongodb-config.ts';
import { clusterType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s MongoDBRouterCluster. */
export const plugin: EntityTypePlugin = clusterType({
  id: 'mongodb-router-cluster',
  title: 'MongoDB routers',
  description: 'The routers of a sharded MongoDB.',
  icon: 'leaf',
  planned: true,
  aliases: classNames(
    'brooklyn.entity.nosql.mongodb.sharding.MongoDBRouterCluster',
    'org.apache.brooklyn.entity.nosql.mongodb.sharding.MongoDBRouterCluster',
  ),
  memberType: 'mongodb-router',
  config: MONGODB_CONFIG,
  secretKeys: MONGODB_SECRETS,
  flags: MONGODB_FLAGS,
  sensors: [
    ...MONGODB_SENSORS,
    { name: 'mongodb.routercluster.any', type: 'json', description: 'One of its routers' },
    { name: 'mongodb.routercluster.any.running', type: 'json', description: 'One of its routers that runs' },
  ],
});
