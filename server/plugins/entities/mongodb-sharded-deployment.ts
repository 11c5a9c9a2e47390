import { duration } from '../../domain/entity/container-config.ts';
import { entityReference } from '../../domain/entity/entity-reference.ts';
import { nestedSpec } from '../../domain/entity/nested-spec.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, size } from '../../domain/entity-types/config-values.ts';
import { MONGODB_CONFIG, MONGODB_FLAGS, MONGODB_SECRETS, MONGODB_SENSORS } from '../../domain/entity-types/mongodb-config.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s MongoDBShardedDeployment. */
export const plugin: EntityTypePlugin = groupType({
  id: 'mongodb-sharded-deployment',
  title: 'MongoDB shards',
  description: 'A MongoDB over several replica sets, with routers in front.',
  icon: 'leaf',
  planned: true,
  aliases: classNames(
    'brooklyn.entity.nosql.mongodb.sharding.MongoDBShardedDeployment',
    'org.apache.brooklyn.entity.nosql.mongodb.sharding.MongoDBShardedDeployment',
  ),
  config: {
    ...MONGODB_CONFIG,
    'mongodb.config.cluster.size': preset(size, 3, 'Config servers'),
    'mongodb.router.cluster.initial.size': preset(size, 0, 'Routers'),
    'mongodb.shard.cluster.initial.size': preset(size, 2, 'Shards'),
    'mongodb.shard.replicaset.size': preset(size, 3, 'Servers a shard'),
    'mongodb.router.up.timeout': preset(duration, '5m', 'Start timeout of routers'),
    'mongodb.colocated.router.group': optional(entityReference, 'Group of routers beside their clients'),
    'mongodb.router.spec': optional(nestedSpec, 'Router'),
    'mongodb.replicaset.spec': optional(nestedSpec, 'Shard'),
    'mongodb.configserver.spec': optional(nestedSpec, 'Config server'),
    'install.version': optional(text, 'Version'),
  },
  secretKeys: MONGODB_SECRETS,
  flags: {
    ...MONGODB_FLAGS,
    configClusterSize: 'mongodb.config.cluster.size',
    initialRouterClusterSize: 'mongodb.router.cluster.initial.size',
    initialShardClusterSize: 'mongodb.shard.cluster.initial.size',
    shardReplicaSetSize: 'mongodb.shard.replicaset.size',
    replicaSetSize: 'mongodb.shard.replicaset.size',
    routerUpTimeout: 'mongodb.router.up.timeout',
    coLocatedRouterGroup: 'mongodb.colocated.router.group',
    version: 'install.version',
  },
  sensors: [
    ...MONGODB_SENSORS,
    { name: 'mongodbshardeddeployment.configservers', type: 'json', description: 'Its config servers' },
    { name: 'mongodbshardeddeployment.routers', type: 'json', description: 'Its routers' },
    { name: 'mongodbshardeddeployment.shards', type: 'json', description: 'Its shards' },
  ],
});
