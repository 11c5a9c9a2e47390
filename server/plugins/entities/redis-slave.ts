import { entityReference } from '../../domain/entity/entity-reference.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';
import { REDIS_CONFIG, REDIS_FLAGS, REDIS_SENSORS } from '../../domain/entity-types/redis-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s RedisSlave. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'redis-slave',
  title: 'Redis replica',
  description: 'A Redis server that copies another.',
  icon: 'database',
  planned: true,
  aliases: classNames('brooklyn.entity.nosql.redis.RedisSlave', 'org.apache.brooklyn.entity.nosql.redis.RedisSlave'),
  config: {
    'redis.master': optional(entityReference, 'Copied server'),
    ...REDIS_CONFIG,
  },
  flags: {
    master: 'redis.master',
    ...REDIS_FLAGS,
  },
  sensors: REDIS_SENSORS,
});
