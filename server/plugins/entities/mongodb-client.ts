import { z } from 'zod';
import { entityReference } from '../../domain/entity/entity-reference.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, textMap, texts } from '../../domain/entity-types/config-values.ts';
import { MONGODB_CONFIG, MONGODB_FLAGS, MONGODB_SECRETS, MONGODB_SENSORS } from '../../domain/entity-types/mongodb-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s MongoDBClient. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'mongodb-client',
  title: 'MongoDB client',
  description: 'Runs scripts against a MongoDB.',
  icon: 'leaf',
  planned: true,
  aliases: classNames('brooklyn.entity.nosql.mongodb.MongoDBClient', 'org.apache.brooklyn.entity.nosql.mongodb.MongoDBClient'),
  config: {
    ...MONGODB_CONFIG,
    'mongodb.client.startupJsScripts': optional(texts, 'Scripts at start'),
    'mongodb.client.scripts': optional(textMap, 'Scripts by name'),
    'mongodb.client.shardeddeployment': optional(entityReference, 'Sharded deployment'),
    'mongodb.client.server': optional(entityReference, 'Server'),
  },
  secretKeys: MONGODB_SECRETS,
  flags: {
    ...MONGODB_FLAGS,
    startupJsScripts: 'mongodb.client.startupJsScripts',
    scripts: 'mongodb.client.scripts',
    shardedDeployment: 'mongodb.client.shardeddeployment',
    server: 'mongodb.client.server',
  },
  sensors: MONGODB_SENSORS,
  effectors: [
    {
      name: 'runScript',
      description: 'Run one of its scripts',
      parameters: z.object({ preStart: text.optional(), scriptName: text }),
      destructive: false,
    },
  ],
});
