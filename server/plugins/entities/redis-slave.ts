import { classNames } from '../../domain/entity-types/class-names.ts';
import { type RedisConfig, redisType } from '../../domain/entity-types/redis-type.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s RedisSlave. */
export const plugin: EntityTypePlugin<RedisConfig> = {
  ...redisType({ isReplica: true }),
  id: 'redis-slave',
  title: 'Redis replica',
  description: 'A Redis server that copies another.',
  aliases: classNames('brooklyn.entity.nosql.redis.RedisSlave', 'org.apache.brooklyn.entity.nosql.redis.RedisSlave'),
};
