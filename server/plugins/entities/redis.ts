import { classNames } from '../../domain/entity-types/class-names.ts';
import { REDIS_CONFIG, REDIS_FLAGS, REDIS_SENSORS } from '../../domain/entity-types/redis-config.ts';
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
  config: REDIS_CONFIG,
  flags: REDIS_FLAGS,
  sensors: REDIS_SENSORS,
});
