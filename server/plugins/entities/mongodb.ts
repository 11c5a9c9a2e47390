import { entityReference } from '../../domain/entity/entity-reference.ts';
import { boolean, portRange } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';
import { MONGODB_CONFIG, MONGODB_FLAGS, MONGODB_SECRETS, MONGODB_SENSORS } from '../../domain/entity-types/mongodb-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s MongoDBServer. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'mongodb',
  title: 'MongoDB',
  description: 'A MongoDB server.',
  icon: 'leaf',
  planned: true,
  aliases: classNames('brooklyn.entity.nosql.mongodb.MongoDBServer', 'org.apache.brooklyn.entity.nosql.mongodb.MongoDBServer'),
  config: {
    ...MONGODB_CONFIG,
    'mongodb.server.httpPort': optional(portRange, 'Port of its status page'),
    'mongodb.config.enable_rest': preset(boolean, false, 'REST interface'),
    'clientMonitoring.enabled': preset(boolean, true, 'Check by client'),
    'mongodb.replicaset': optional(entityReference, 'Replica set'),
  },
  secretKeys: MONGODB_SECRETS,
  flags: {
    ...MONGODB_FLAGS,
    enableRestInterface: 'mongodb.config.enable_rest',
    useClientMonitoring: 'clientMonitoring.enabled',
  },
  sensors: [
    ...MONGODB_SENSORS,
    { name: 'mongodb.server.http_interface', type: 'string', description: 'Its status page' },
    { name: 'mongodb.server.uptime', type: 'number', description: 'Seconds since start' },
    { name: 'mongodb.server.opcounters.insert', type: 'number', description: 'Inserts', unit: 'count' },
    { name: 'mongodb.server.opcounters.query', type: 'number', description: 'Queries', unit: 'count' },
    { name: 'mongodb.server.opcounters.update', type: 'number', description: 'Updates', unit: 'count' },
    { name: 'mongodb.server.opcounters.delete', type: 'number', description: 'Deletes', unit: 'count' },
    { name: 'mongodb.server.network.bytesIn', type: 'number', description: 'Received', unit: 'bytes' },
    { name: 'mongodb.server.network.bytesOut', type: 'number', description: 'Sent', unit: 'bytes' },
    { name: 'mongodb.server.network.numRequests', type: 'number', description: 'Requests', unit: 'count' },
    { name: 'mongodb.server.replicaSet.isPrimary', type: 'boolean', description: 'True while it is written to' },
    { name: 'mongodb.server.replicaSet.isSecondary', type: 'boolean', description: 'True while it copies' },
    { name: 'mongodb.server.replicaSet.primary.endpoint', type: 'string', description: 'Member that is written to' },
  ],
});
