import { classNames } from '../../domain/entity-types/class-names.ts';
import { type RedisConfig, redisType } from '../../domain/entity-types/redis-type.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s RedisStore. */
export const plugin: EntityTypePlugin<RedisConfig> = {
  ...redisType({ isReplica: false }),
  id: 'redis',
  title: 'Redis',
  description: 'A Redis server; its data is kept in a volume, or in a folder of its machine.',
  aliases: classNames('brooklyn.entity.nosql.redis.RedisStore', 'org.apache.brooklyn.entity.nosql.redis.RedisStore'),
};
