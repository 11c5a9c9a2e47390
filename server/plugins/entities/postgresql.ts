import { z } from 'zod';
import { duration } from '../../domain/entity/container-config.ts';
import { boolean, portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, optional, preset, size, url } from '../../domain/entity-types/config-values.ts';
import { CREATION_SCRIPT_CONFIG, CREATION_SCRIPT_FLAGS, DATASTORE_SENSORS } from '../../domain/entity-types/datastore-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s PostgreSqlNode. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'postgresql',
  title: 'PostgreSQL',
  description: 'A PostgreSQL server.',
  icon: 'database',
  planned: true,
  aliases: [
    ...classNames('brooklyn.entity.database.postgresql.PostgreSqlNode', 'org.apache.brooklyn.entity.database.postgresql.PostgreSqlNode'),
    'postgresql-database',
  ],
  config: {
    ...CREATION_SCRIPT_CONFIG,
    'postgresql.port': preset(portRange, '5432+', 'Port'),
    'postgresql.database': optional(text, 'Database'),
    'postgresql.username': optional(text, 'User'),
    'postgresql.password': optional(text, 'Password'),
    'postgresql.roles': optional(anyMap, 'Roles'),
    'postgresql.initialize': preset(boolean, false, 'Make the database'),
    'postgresql.maxConnections': preset(size, 100, 'Most connections'),
    'postgresql.sharedMemory': optional(text, 'Shared memory'),
    'postgresql.config.file.url': optional(url, 'URL of postgresql.conf'),
    'postgresql.authConfig.file.url': optional(url, 'URL of pg_hba.conf'),
    'postgresql.disconnect.on.stop': preset(boolean, true, 'Disconnect clients at stop'),
    'postgresql.sensorpoll': preset(duration, 1000, 'Measure every'),
  },
  secretKeys: ['postgresql.password'],
  flags: {
    ...CREATION_SCRIPT_FLAGS,
    port: 'postgresql.port',
    postgresqlPort: 'postgresql.port',
    database: 'postgresql.database',
    username: 'postgresql.username',
    password: 'postgresql.password',
    roles: 'postgresql.roles',
    initializeDB: 'postgresql.initialize',
    maxConnections: 'postgresql.maxConnections',
    sharedMemory: 'postgresql.sharedMemory',
    configFileUrl: 'postgresql.config.file.url',
    authConfigFileUrl: 'postgresql.authConfig.file.url',
    disconnectOnStop: 'postgresql.disconnect.on.stop',
    pollPeriod: 'postgresql.sensorpoll',
  },
  sensors: [...DATASTORE_SENSORS, { name: 'postgresql.port', type: 'number', description: 'Port' }],
  effectors: [{ name: 'executeScript', description: 'Run SQL', parameters: z.object({ commands: text }), destructive: false }],
});
