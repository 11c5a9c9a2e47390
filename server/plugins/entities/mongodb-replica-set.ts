import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, size } from '../../domain/entity-types/config-values.ts';
import { MONGODB_CONFIG, MONGODB_FLAGS, MONGODB_SECRETS, MONGODB_SENSORS } from '../../domain/entity-types/mongodb-config.ts';
import { clusterType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s MongoDBReplicaSet. */
export const plugin: EntityTypePlugin = clusterType({
  id: 'mongodb-replica-set',
  title: 'MongoDB replica set',
  description: 'MongoDB servers that copy each other.',
  icon: 'leaf',
  planned: true,
  aliases: classNames('brooklyn.entity.nosql.mongodb.MongoDBReplicaSet', 'org.apache.brooklyn.entity.nosql.mongodb.MongoDBReplicaSet'),
  memberType: 'mongodb',
  config: {
    ...MONGODB_CONFIG,
    'mongodb.replicaSet.name': preset(text, 'BrooklynCluster', 'Name'),
    'cluster.initial.size': preset(size, 3, 'Initial size'),
    'install.version': optional(text, 'Version'),
  },
  secretKeys: MONGODB_SECRETS,
  flags: {
    ...MONGODB_FLAGS,
    replicaSetName: 'mongodb.replicaSet.name',
    version: 'install.version',
  },
  sensors: [
    ...MONGODB_SENSORS,
    { name: 'mongodb.replicaSet.primary.entity', type: 'json', description: 'Member that is written to' },
    { name: 'mongodb.replicaSet.endpoints', type: 'json', description: 'Where its members are reached' },
  ],
});
