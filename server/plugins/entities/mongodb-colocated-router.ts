import { entityReference } from '../../domain/entity/entity-reference.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyList, optional } from '../../domain/entity-types/config-values.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s CoLocatedMongoDBRouter. */
export const plugin: EntityTypePlugin = groupType({
  id: 'mongodb-colocated-router',
  title: 'MongoDB router beside its clients',
  description: 'Puts a router on the same machine as what uses it.',
  icon: 'leaf',
  planned: true,
  aliases: classNames(
    'brooklyn.entity.nosql.mongodb.sharding.CoLocatedMongoDBRouter',
    'org.apache.brooklyn.entity.nosql.mongodb.sharding.CoLocatedMongoDBRouter',
  ),
  config: {
    'mongodb.colocatedrouter.sibling.specs': optional(anyList, 'What uses it'),
    'mongodb.colocatedrouter.shardeddeployment': optional(entityReference, 'Sharded deployment'),
    'mongodb.colocatedrouter.propagating.sensors': optional(anyList, 'Sensors passed on'),
  },
  flags: {
    siblingSpecs: 'mongodb.colocatedrouter.sibling.specs',
    shardedDeployment: 'mongodb.colocatedrouter.shardeddeployment',
    propagatingSensors: 'mongodb.colocatedrouter.propagating.sensors',
    propogatingSensors: 'mongodb.colocatedrouter.propagating.sensors',
  },
  sensors: [{ name: 'mongodb.colocatedrouter.router', type: 'json', description: 'Its router' }],
});
