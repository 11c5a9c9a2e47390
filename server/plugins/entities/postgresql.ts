import { z } from 'zod';
import { createRoles, grantRoles, roles } from '../../domain/datastore/postgres-roles.ts';
import { postgresCommands } from '../../domain/datastore/postgres-scripts.ts';
import { duration, toBaseSpec, toImage } from '../../domain/entity/container-config.ts';
import { CONTAINER_SENSORS, containerSensors, mappedPort, toHostPort } from '../../domain/entity/container-sensors.ts';
import type { FileSpec, ReadinessProbe } from '../../domain/entity/container-spec.ts';
import { SENSOR, type Sensors } from '../../domain/entity/entity.ts';
import type { Host } from '../../domain/entity/host.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { LIFECYCLE_EFFECTORS } from '../../domain/entity/lifecycle-effectors.ts';
import { firstPort } from '../../domain/entity/port-ranges.ts';
import { parseDurationMs } from '../../domain/entity/quantities.ts';
import { boolean, portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, size, url } from '../../domain/entity-types/config-values.ts';
import { notesFromImage } from '../../domain/entity-types/container-type-config.ts';
import { CREATION_SCRIPT_CONFIG, CREATION_SCRIPT_FLAGS, DATASTORE_SENSORS } from '../../domain/entity-types/datastore-config.ts';
import { IMAGE_FLAGS, imageConfig } from '../../domain/entity-types/image-config.ts';
import { configOfItself, metricsByCommand } from '../../domain/entity-types/own-metrics.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const word = z.string().regex(/^[A-Za-z0-9_.-]{1,63}$/, 'needs letters, digits, “_”, “.” and “-”, at most 63');
const memory = z
  .union([z.string(), z.number()])
  .refine((value) => /^\d+ ?(?:B|kB|MB|GB)?$/.test(String(value)), 'needs a size such as 128MB');

const config = z
  .looseObject({
    ...imageConfig('postgres', '15'),
    ...CREATION_SCRIPT_CONFIG,
    'postgresql.port': preset(portRange, '5432+', 'Port', 'In the container, or of its machine.'),
    'postgresql.database': optional(word, 'Database', 'Made with the data; “postgres” unless given.'),
    'postgresql.username': optional(word, 'User', 'Owns all of it; “postgres” unless given.'),
    'postgresql.password': optional(text, 'Password', 'Of the user.'),
    'postgresql.roles': optional(roles, 'Roles', 'By name: properties and privileges.'),
    'postgresql.initialize': preset(boolean, false, 'Make the database'),
    'postgresql.maxConnections': preset(size, 100, 'Most connections'),
    'postgresql.sharedMemory': optional(memory, 'Shared memory'),
    'postgresql.config.file.url': optional(url, 'URL of postgresql.conf'),
    'postgresql.authConfig.file.url': optional(url, 'URL of pg_hba.conf'),
    'postgresql.disconnect.on.stop': preset(boolean, true, 'Disconnect clients at stop'),
    'postgresql.sensorpoll': preset(duration, '15s', 'Measure every'),
  })
  .superRefine((value, context) => {
    const password = String(value['postgresql.password'] ?? '');
    const message =
      password === '' ? 'is needed: nobody could log in without it' : password.includes('\0') ? 'holds a NUL character' : null;
    if (message !== null) context.addIssue({ code: 'custom', path: ['postgresql.password'], message });
  });

type Config = z.infer<typeof config>;

const notes = notesFromImage(config);
const METRICS_SQL = `SELECT 'connections', sum(numbackends), 'commits', sum(xact_commit), 'rollbacks', sum(xact_rollback), 'size', sum(pg_database_size(datid)) FROM pg_stat_database WHERE datid <> 0`;

/** Brooklyn’s PostgreSqlNode: its data survives restarts and updates. */
export const plugin: EntityTypePlugin<Config> = {
  id: 'postgresql',
  title: 'PostgreSQL',
  description: 'A PostgreSQL server; its data is kept in a volume, or in a folder of its machine.',
  icon: 'database',
  aliases: [
    ...classNames('brooklyn.entity.database.postgresql.PostgreSqlNode', 'org.apache.brooklyn.entity.database.postgresql.PostgreSqlNode'),
    'postgresql-database',
  ],
  kind: 'container',
  config,
  secretKeys: ['postgresql.password'],
  plannedKeys: {
    ...notes.plannedKeys,
    'datastore.creation.script.template.url': 'nothing is filled in: give the script as datastore.creation.script.url',
    'postgresql.config.file.url': 'give postgresql.maxConnections and postgresql.sharedMemory',
    'postgresql.authConfig.file.url': 'whoever has a password of the database comes in',
  },
  notHonoured: {
    ...notes.notHonoured,
    'postgresql.initialize': 'the database is made in any case',
    'postgresql.disconnect.on.stop': 'clients are disconnected at a stop, and nothing is lost',
  },
  flags: {
    ...IMAGE_FLAGS,
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
  sensors: [
    ...CONTAINER_SENSORS,
    ...DATASTORE_SENSORS,
    { name: 'postgresql.port', type: 'number', description: 'Port on its host' },
    { name: 'postgresql.connections', type: 'number', description: 'Connections', unit: 'count' },
    { name: 'postgresql.transactions.perSec', type: 'number', description: 'Transactions committed', unit: 'perSecond' },
    { name: 'postgresql.rollbacks.perSec', type: 'number', description: 'Transactions rolled back', unit: 'perSecond' },
    { name: 'postgresql.size', type: 'number', description: 'Size of its databases', unit: 'bytes' },
  ],
  measures: (given) => [
    metricsByCommand({
      command: `psql -X -A -t -R ' ' -F ' ' -h 127.0.0.1 -p "$PGPORT" -U "$PGUSER" -d postgres -c "${METRICS_SQL}" | xargs -n 2`,
      env: {
        PGPASSWORD: configOfItself('postgresql.password'),
        PGUSER: given['postgresql.username'] ?? 'postgres',
        PGPORT: String(firstPort(given['postgresql.port'] ?? '5432+')),
        PGCONNECT_TIMEOUT: '5',
      },
      period: given['postgresql.sensorpoll'] ?? '15s',
      metrics: [
        { metric: 'connections', targetSensor: 'postgresql.connections' },
        { metric: 'commits', targetSensor: 'postgresql.transactions.perSec', rate: true },
        { metric: 'rollbacks', targetSensor: 'postgresql.rollbacks.perSec', rate: true },
        { metric: 'size', targetSensor: 'postgresql.size' },
      ],
    }),
  ],
  effectors: LIFECYCLE_EFFECTORS,
  container: {
    toSpec(value) {
      const port = firstPort(value['postgresql.port']);
      return {
        ...toBaseSpec(toImage(value['docker.image.name'], value['docker.image.tag']), value),
        command: ['postgres', '-p', String(port), ...optionsOf(value)],
        env: {
          POSTGRES_USER: userOf(value),
          POSTGRES_DB: databaseOf(value),
          POSTGRES_PASSWORD: String(value['postgresql.password'] ?? ''),
        },
        ports: [{ container: port, protocol: 'tcp', host: null }],
        volumes: [{ name: 'data', path: '/var/lib/postgresql/data', readOnly: false }],
        files: scriptsOf(value).map((script) => ({ ...script, path: `/docker-entrypoint-initdb.d/${script.path}` })),
      };
    },
    readiness: isReady,
    startTimeoutMs: (value) => parseDurationMs(value['start.timeout']) ?? 120_000,
    sensors({ config: value, instance, host }) {
      const { [SENSOR.mainUri]: _, ...sensors } = containerSensors(instance, host);
      return { ...sensors, ...urlSensors(value, { instance, host }) };
    },
  },
  software: {
    keepsData: true,
    commands: (value, place) =>
      postgresCommands(
        {
          port: firstPort(value['postgresql.port']),
          database: databaseOf(value),
          user: userOf(value),
          password: String(value['postgresql.password'] ?? ''),
          options: optionsOf(value),
          scripts: scriptsOf(value),
        },
        place,
      ),
    readiness: isReady,
    sensors: ({ config: value, ...place }) => urlSensors(value, place),
  },
};

function userOf(value: Config): string {
  return value['postgresql.username'] ?? 'postgres';
}

function databaseOf(value: Config): string {
  return value['postgresql.database'] ?? 'postgres';
}

function optionsOf(value: Config): readonly string[] {
  const shared = value['postgresql.sharedMemory'];
  return [
    ...['-c', `max_connections=${value['postgresql.maxConnections']}`],
    ...(shared === undefined ? [] : ['-c', `shared_buffers=${String(shared).replace(' ', '')}`]),
  ];
}

/** In the order in which they are run; paths are names. */
function scriptsOf(value: Config): readonly FileSpec[] {
  const given = value['postgresql.roles'] ?? {};
  const texts = [
    ['10-roles.sql', createRoles(given)],
    ['20-creation-script.sql', String(value['datastore.creation.script.contents'] ?? '')],
    ['30-privileges.sql', grantRoles(given)],
  ] as const;
  return texts.flatMap(([path, content]) => (content === '' ? [] : [{ path, content, mode: 0o644 }]));
}

/** While it makes its data it listens on a socket only, so asking by TCP tells that it really serves. */
function isReady(value: Config): ReadinessProbe {
  return { kind: 'exec', argv: ['pg_isready', '-q', '-t', '2', '-h', '127.0.0.1', '-p', String(firstPort(value['postgresql.port']))] };
}

function urlSensors(value: Config, { instance, host }: { readonly instance: Instance; readonly host: Host }): Sensors {
  const port = mappedPort(instance, firstPort(value['postgresql.port']));
  if (port === undefined) return {};
  const at = `postgresql://${toHostPort(host.address, port)}/`;
  return { [SENSOR.datastoreUrl]: at, 'mapped.datastore.url': at, 'postgresql.port': port };
}
