import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { FEED_CONFIG, FEED_NOT_HONOURED, FEED_PLANNED } from '../../domain/entity-types/adjunct-config.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';
import { coerce, plainValue } from '../../domain/feed/coerce.ts';
import { feedPlan } from '../../domain/feed/feed-settings.ts';

const config = z.looseObject({
  ...FEED_CONFIG,
  dialect: z.enum(['postgresql', 'mysql']).meta({ title: 'Database', description: 'mysql is for MariaDB as well.' }),
  query: preset(text, 'SELECT 1', 'Query', 'The first column of its first row is the value.'),
  username: optional(text, 'User'),
  password: optional(text, 'Password'),
  database: optional(text, 'Name of the database'),
});

type Config = z.infer<typeof config>;

/** By the client that images of databases bring along: what is asked stands in the environment and on no command line. */
const SCRIPTS: Readonly<Record<Config['dialect'], string>> = {
  postgresql: `export PGUSER="\${SQL_USER:-postgres}" PGPASSWORD="$SQL_PASSWORD" PGDATABASE="\${SQL_DATABASE:-\${SQL_USER:-postgres}}" PGCONNECT_TIMEOUT=5
printf '%s\\n' "$SQL_QUERY" | psql -h "\${SQL_HOST:-127.0.0.1}" -X -q -t -A -v ON_ERROR_STOP=1`,
  mysql: `client=mysql; command -v mysql >/dev/null 2>&1 || client=mariadb
export MYSQL_PWD="$SQL_PASSWORD"
printf '%s\\n' "$SQL_QUERY" | "$client" -h 127.0.0.1 -u "\${SQL_USER:-root}" -N -B \${SQL_DATABASE:+"-D$SQL_DATABASE"}`,
};

/** Whether a database answers, and with what. */
export const plugin: AdjunctType<Config> = {
  id: 'sql-sensor',
  title: 'SQL sensor',
  description: 'Adds a sensor whose value a query gives, asked by the client in the container of the database.',
  kind: 'initializer',
  aliases: ['SqlSensor'],
  config,
  flags: {},
  planned: false,
  plannedKeys: FEED_PLANNED,
  notHonoured: FEED_NOT_HONOURED,
  feed: {
    poll(value, looking) {
      const env = {
        SQL_QUERY: String(value.query),
        SQL_USER: String(value.username ?? ''),
        SQL_PASSWORD: String(value.password ?? ''),
        SQL_DATABASE: String(value.database ?? ''),
      };
      return feedPlan(value, { kind: 'command', script: SCRIPTS[value.dialect], env }, looking);
    },
    sensors(value, answer) {
      if (answer.kind !== 'command' || answer.exitCode !== 0) return {};
      const [cell = ''] = (answer.stdout.split('\n')[0] ?? '').split(value.dialect === 'mysql' ? '\t' : '|');
      const type = value.targetType ?? value.type;
      const found = coerce(plainValue(cell.trim()), type === undefined ? undefined : String(type));
      return found === undefined ? {} : { [value.name]: found };
    },
    problem(_, answer) {
      if (answer.kind !== 'command' || answer.exitCode === 0) return null;
      const line = answer.stderr.trim().split('\n').at(-1) ?? '';
      return `the query has failed${line === '' ? ` with exit code ${answer.exitCode}` : `: ${line.slice(0, 200)}`}`;
    },
  },
};
