import { z } from 'zod';
import type { ConfigMap } from '../../domain/blueprint/config-value.ts';
import { parseImageReference } from '../../domain/blueprint/image-reference.ts';
import { mariadbCommands } from '../../domain/datastore/mariadb-scripts.ts';
import { toBaseSpec, toImage } from '../../domain/entity/container-config.ts';
import { CONTAINER_SENSORS, containerSensors, mappedPort, toHostPort } from '../../domain/entity/container-sensors.ts';
import type { ReadinessProbe } from '../../domain/entity/container-spec.ts';
import { SENSOR, type Sensors } from '../../domain/entity/entity.ts';
import type { AdjunctSpec } from '../../domain/entity/entity-spec.ts';
import type { Host } from '../../domain/entity/host.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { LIFECYCLE_EFFECTORS } from '../../domain/entity/lifecycle-effectors.ts';
import { firstPort } from '../../domain/entity/port-ranges.ts';
import { parseDurationMs } from '../../domain/entity/quantities.ts';
import { boolean, integer, portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, optional, preset, url } from '../../domain/entity-types/config-values.ts';
import { notesFromImage } from '../../domain/entity-types/container-type-config.ts';
import { CREATION_SCRIPT_CONFIG, CREATION_SCRIPT_FLAGS } from '../../domain/entity-types/datastore-config.ts';
import { IMAGE_FLAGS, imageConfig } from '../../domain/entity-types/image-config.ts';
import { configOfItself, metricsByCommand } from '../../domain/entity-types/own-metrics.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const SCRIPT_FILE = '/docker-entrypoint-initdb.d/10-creation-script.sql';
const word = z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/, 'needs letters, digits, “_”, “.” and “-”, at most 64');
const secret = z
  .union([z.string().min(1), z.number()], 'needs text')
  .refine((text) => !String(text).includes('\0'), 'holds a NUL character');

/** Of Brooklyn's MySqlNode and MariaDbNode: none is acted on, and each is told why. */
const SERVER_CONFIG = {
  'mysql.datadir': optional(text, 'Data folder'),
  'mysql.server.conf': optional(anyMap, 'Server options'),
  'mysql.template.configuration.url': optional(url, 'Template of its configuration'),
  'mysql.socketUid': optional(text, 'Id of its socket'),
  'mysql.server_id': optional(integer, 'Server id'),
  'mysql.general_log': optional(boolean, 'Log of all queries'),
  'mysql.install.mirror.url': optional(url, 'Mirror'),
  lower_case_table_names: optional(text, 'Table names in lower case'),
};

const SERVER_FLAGS = {
  dataDir: 'mysql.datadir',
  'mariadb.datadir': 'mysql.datadir',
  serverConf: 'mysql.server.conf',
  'mariadb.server.conf': 'mysql.server.conf',
  configurationTemplateUrl: 'mysql.template.configuration.url',
  'mariadb.template.configuration.url': 'mysql.template.configuration.url',
  socketUid: 'mysql.socketUid',
  'mariadb.socketUid': 'mysql.socketUid',
  serverId: 'mysql.server_id',
  generalLog: 'mysql.general_log',
  mirrorUrl: 'mysql.install.mirror.url',
  'mariadb.install.mirror.url': 'mysql.install.mirror.url',
  'mariadb.port': 'mysql.port',
  'mariadb.password': 'password',
} as const;

const config = z
  .looseObject({
    ...imageConfig('mariadb', '10.11'),
    ...CREATION_SCRIPT_CONFIG,
    ...SERVER_CONFIG,
    'datastore.creation.script.contents': z
      .string()
      .max(1024 * 1024)
      .optional()
      .meta({ title: 'Creation script', description: 'SQL run once, when the data is first made.' }),
    database: word.optional().meta({ title: 'Database', description: 'Made with the data.' }),
    user: word.optional().meta({ title: 'User', description: 'Made with the data, with all rights on the database.' }),
    password: secret.optional().meta({ title: 'Password', description: 'Of the user.' }),
    rootPassword: secret.optional().meta({ title: 'Root password', description: 'A random one unless given.' }),
    'mysql.port': preset(portRange, 3306, 'Port', 'In the container, where the host’s is chosen when it is placed, or of its machine.'),
  })
  .superRefine((value, context) => {
    if (value.user === 'root') context.addIssue({ code: 'custom', path: ['user'], message: 'is root already there; set rootPassword' });
    else if (value.user !== undefined && value.password === undefined) {
      context.addIssue({ code: 'custom', path: ['password'], message: 'is needed for the user' });
    }
  });

type Config = z.infer<typeof config>;

const notes = notesFromImage(config);

/** A database whose data survives restarts and updates: in a named volume, or in a folder of a machine without Docker. */
export const plugin: EntityTypePlugin<Config> = {
  id: 'mariadb',
  title: 'MariaDB',
  description: 'A MariaDB or MySQL server; its data is kept in a volume, or in a folder of its machine.',
  icon: 'database',
  aliases: [
    ...classNames(
      'brooklyn.entity.database.mariadb.MariaDbNode',
      'org.apache.brooklyn.entity.database.mariadb.MariaDbNode',
      'brooklyn.entity.database.mysql.MySqlNode',
      'org.apache.brooklyn.entity.database.mysql.MySqlNode',
    ),
    'mysql-database',
  ],
  kind: 'container',
  config,
  secretKeys: ['password', 'rootPassword'],
  plannedKeys: {
    ...notes.plannedKeys,
    'datastore.creation.script.template.url': 'nothing is filled in: give the script as datastore.creation.script.url',
    'mysql.server.conf': 'the server has the options of its image',
    'mysql.template.configuration.url': 'the server has the options of its image',
    lower_case_table_names: 'the server has the options of its image',
  },
  notHonoured: {
    ...notes.notHonoured,
    'mysql.datadir': 'its data is kept in a volume, or in a folder of its machine',
    'mysql.socketUid': 'it is reached by TCP',
    'mysql.server_id': 'it copies no other server',
    'mysql.general_log': 'its log is that of its container',
    'mysql.install.mirror.url': 'it runs from an image, and on a machine is installed by apt',
  },
  flags: {
    ...IMAGE_FLAGS,
    ...CREATION_SCRIPT_FLAGS,
    ...SERVER_FLAGS,
    'mysql.password': 'password',
    'mysql.root.password': 'rootPassword',
    port: 'mysql.port',
    mysqlPort: 'mysql.port',
  },
  sensors: [
    ...CONTAINER_SENSORS,
    { name: SENSOR.datastoreUrl, type: 'string', description: 'mysql://host:port/' },
    { name: 'mapped.datastore.url', type: 'string', description: 'The same: reached through its host' },
    { name: 'mysql.port', type: 'number', description: 'Port on the host that leads to it' },
    { name: 'mysql.connections', type: 'number', description: 'Connections', unit: 'count' },
    { name: 'mysql.queries.perSec.fromMysql', type: 'number', description: 'Queries', unit: 'perSecond' },
    { name: 'mysql.uptime', type: 'number', description: 'Seconds since it was started' },
  ],
  measures: metricsOf,
  effectors: LIFECYCLE_EFFECTORS,
  container: {
    toSpec(value) {
      const script = value['datastore.creation.script.contents'];
      return {
        ...toBaseSpec(toImage(value['docker.image.name'], value['docker.image.tag']), value),
        command: [isMySql(value) ? 'mysqld' : 'mariadbd', '--skip-name-resolve', `--port=${portOf(value)}`],
        env: toEnvironment(value),
        ports: [{ container: portOf(value), protocol: 'tcp', host: null }],
        volumes: [{ name: 'data', path: '/var/lib/mysql', readOnly: false }],
        files: script === undefined ? [] : [{ path: SCRIPT_FILE, content: script, mode: 0o644 }],
      };
    },
    // While it makes its data it listens on a socket only, so asking by TCP tells that it really serves.
    readiness: (value) => ping(isMySql(value) ? 'mysqladmin' : 'mariadb-admin', value),
    startTimeoutMs: (value) => parseDurationMs(value['start.timeout']) ?? 120_000,
    sensors({ config: value, instance, host }) {
      const { [SENSOR.mainUri]: _, ...sensors } = containerSensors(instance, host);
      return { ...sensors, ...urlSensors(value, { instance, host }) };
    },
  },
  software: {
    keepsData: true,
    commands: (value, place) =>
      mariadbCommands(
        {
          port: portOf(value),
          database: value.database,
          user: value.user,
          password: optionalText(value.password),
          rootPassword: optionalText(value.rootPassword),
          creationScript: value['datastore.creation.script.contents'],
        },
        place,
      ),
    readiness: (value) => ping('mariadb-admin', value),
    sensors: ({ config: value, ...place }) => urlSensors(value, place),
  },
};

/** Asked with the login of the user; where there is none nobody but root on its machine comes in. */
function metricsOf(given: ConfigMap): readonly AdjunctSpec[] {
  const login = [given.user ?? null, given.password ?? null].includes(null) ? ROOT_LOGIN : USER_LOGIN;
  if (login === ROOT_LOGIN && given.rootPassword === undefined) return [];
  const command = `c=$(command -v mariadb || command -v mysql) || exit 1
"$c" --no-defaults -h 127.0.0.1 -P "$DB_PORT" -u "$DB_USER" -N -B -e 'SHOW GLOBAL STATUS' | tr '\\t' ' '`;
  const metrics = [
    { metric: 'Threads_connected', targetSensor: 'mysql.connections' },
    { metric: 'Queries', targetSensor: 'mysql.queries.perSec.fromMysql', rate: true },
    { metric: 'Uptime', targetSensor: 'mysql.uptime' },
  ] as const;
  return [
    metricsByCommand({ command, env: { ...login, DB_PORT: String(firstPort(given['mysql.port'] ?? 3306)) }, period: '15s', metrics }),
  ];
}

const USER_LOGIN = { DB_USER: configOfItself('user'), MYSQL_PWD: configOfItself('password') };
const ROOT_LOGIN = { DB_USER: 'root', MYSQL_PWD: configOfItself('rootPassword') };

function portOf(value: Config): number {
  return firstPort(value['mysql.port']);
}

/** A refused login is an answer too. */
function ping(program: string, value: Config): ReadinessProbe {
  const argv = [program, '--no-defaults', 'ping', '-h', '127.0.0.1', '-P', String(portOf(value)), '--connect-timeout=2'];
  return { kind: 'exec', argv };
}

function urlSensors(value: Config, { instance, host }: { readonly instance: Instance; readonly host: Host }): Sensors {
  const port = mappedPort(instance, portOf(value));
  if (port === undefined) return {};
  const url = `mysql://${toHostPort(host.address, port)}/`;
  return { [SENSOR.datastoreUrl]: url, 'mapped.datastore.url': url, 'mysql.port': port };
}

function optionalText(value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** The official images of both read these; MySQL’s knows only the MYSQL names. */
function toEnvironment(value: Config): Readonly<Record<string, string>> {
  const prefix = isMySql(value) ? 'MYSQL' : 'MARIADB';
  const root = value.rootPassword;
  const given = { DATABASE: value.database, USER: value.user, PASSWORD: value.password, ROOT_PASSWORD: root };
  const env: Record<string, string> = root === undefined ? { [`${prefix}_RANDOM_ROOT_PASSWORD`]: 'yes' } : {};
  for (const [name, text] of Object.entries(given)) if (text !== undefined) env[`${prefix}_${name}`] = String(text);
  return env;
}

function isMySql(value: Config): boolean {
  const parsed = parseImageReference(value['docker.image.name']);
  return parsed.ok && /(^|\/)mysql$/.test(parsed.reference.repository);
}
