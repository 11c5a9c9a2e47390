import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, size } from '../../domain/entity-types/config-values.ts';
import { DATASTORE_SENSORS } from '../../domain/entity-types/datastore-config.ts';
import { toRedisCluster } from '../../domain/entity-types/redis-cluster.ts';
import { REDIS_CONFIG, REDIS_FLAGS, REDIS_SECRETS } from '../../domain/entity-types/redis-config.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s RedisCluster: one server that is written to, replicas to read from. */
export const plugin: EntityTypePlugin = {
  ...groupType({
    id: 'redis-cluster',
    title: 'Redis cluster',
    description: 'A Redis server and a cluster of replicas.',
    icon: 'database',
    planned: false,
    secretKeys: REDIS_SECRETS,
    aliases: classNames('brooklyn.entity.nosql.redis.RedisCluster', 'org.apache.brooklyn.entity.nosql.redis.RedisCluster'),
    config: {
      'cluster.initial.size': preset(size, 1, 'Initial replicas'),
      'install.version': optional(text, 'Version'),
      ...REDIS_CONFIG,
    },
    flags: {
      initialSize: 'cluster.initial.size',
      version: 'install.version',
      ...REDIS_FLAGS,
    },
    sensors: [
      ...DATASTORE_SENSORS,
      { name: 'redis.port', type: 'number', description: 'Port of the server that is written to' },
      { name: 'host.name', type: 'string', description: 'Name of the server that is written to' },
      { name: 'host.address', type: 'string', description: 'Address of the server that is written to' },
    ],
  }),
  compose: toRedisCluster,
};
