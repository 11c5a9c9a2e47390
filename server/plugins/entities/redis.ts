import { portRange } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, url } from '../../domain/entity-types/config-values.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s RedisStore. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'redis',
  title: 'Redis',
  description: 'A Redis server.',
  icon: 'database',
  planned: true,
  aliases: classNames('brooklyn.entity.nosql.redis.RedisStore', 'org.apache.brooklyn.entity.nosql.redis.RedisStore'),
  config: {
    'redis.port': preset(portRange, '6379+', 'Port'),
    'redis.config.templateUrl': optional(url, 'Template of its configuration'),
  },
  flags: {
    redisPort: 'redis.port',
    port: 'redis.port',
    redisConfigTemplateUrl: 'redis.config.templateUrl',
  },
  sensors: [
    { name: 'redis.port', type: 'number', description: 'Port' },
    { name: 'redis.uptime', type: 'number', description: 'Seconds since start' },
    { name: 'redis.connections.received.total', type: 'number', description: 'Connections', unit: 'count' },
    { name: 'redis.commands.processed.total', type: 'number', description: 'Commands', unit: 'count' },
    { name: 'redis.keys.expired', type: 'number', description: 'Keys expired', unit: 'count' },
    { name: 'redis.keys.evicted', type: 'number', description: 'Keys evicted', unit: 'count' },
    { name: 'redis.keyspace.hits', type: 'number', description: 'Keys found', unit: 'count' },
    { name: 'redis.keyspace.misses', type: 'number', description: 'Keys not found', unit: 'count' },
  ],
});
