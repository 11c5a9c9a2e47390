import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Dialect } from './database-schema.ts';
import { migrateSpecs } from './migrate-specs.ts';

type Migrations = Readonly<Record<string, Migration>>;

/** Schema of the main database. Migrations are never edited, only added; their number is the schema version. */
export function mainMigrations(dialect: Dialect): Migrations {
  return {
    '0001-records': { up: (db) => createMain(db, dialect) },
    '0002-build-contexts': { up: (db) => createContexts(db, dialect) },
    '0003-container-specs': { up: (db) => migrateSpecs(db, dialect) },
    '0004-instance-lots': { up: (db) => createLots(db, dialect) },
  };
}

/** Schema of task logs and sensor history. */
export function telemetryMigrations(dialect: Dialect): Migrations {
  return { '0001-telemetry': { up: (db) => createTelemetry(db, dialect) } };
}

async function createMain(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const key = exactText(dialect);
  await db.schema
    .createTable('record')
    .addColumn('kind', key, (column) => column.notNull())
    .addColumn('id', key, (column) => column.notNull())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addColumn('doc', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('record_key', ['kind', 'id'])
    .execute();
  await db.schema
    .createTable('meta')
    .addColumn('key', key, (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('audit')
    .addColumn('id', dialect === 'sqlite' ? 'integer' : 'bigserial', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('detail', 'text', (column) => column.notNull())
    .addColumn('remote', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute();
}

async function createContexts(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('build_context')
    .addColumn('hash', exactText(dialect), (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addColumn('archive', dialect === 'sqlite' ? 'blob' : 'bytea', (column) => column.notNull())
    .execute();
}

async function createLots(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('instance_lot')
    .ifNotExists()
    .addColumn('first', exactText(dialect), (column) => column.primaryKey())
    .addColumn('last', exactText(dialect), (column) => column.notNull())
    .addColumn('doc', 'text', (column) => column.notNull())
    .execute();
}

async function createTelemetry(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const key = exactText(dialect);
  const taskLog = db.schema
    .createTable('task_log')
    .addColumn('task_id', key, (column) => column.notNull())
    .addColumn('n', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('stream', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('task_log_key', ['task_id', 'n']);
  const sensorPoint = db.schema
    .createTable('sensor_point')
    .addColumn('subject_id', key, (column) => column.notNull())
    .addColumn('sensor', key, (column) => column.notNull())
    .addColumn('tier', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('value', 'double precision', (column) => column.notNull())
    .addColumn('samples', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('sensor_point_key', ['subject_id', 'sensor', 'tier', 'at']);
  // Rows are small and found by their key only: SQLite then needs one tree instead of two.
  for (const table of [taskLog, sensorPoint]) await (dialect === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table).execute();
  await db.schema.createIndex('task_log_age').on('task_log').column('at').execute();
  await db.schema.createIndex('sensor_point_age').on('sensor_point').columns(['tier', 'at']).execute();
}

/** Text that sorts by code point on both databases. */
function exactText(dialect: Dialect) {
  return dialect === 'sqlite' ? sql`text` : sql`text collate "C"`;
}
