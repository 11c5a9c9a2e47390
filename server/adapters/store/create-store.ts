import type { Kysely } from 'kysely';
import { ClockerError, toErrorView } from '../../domain/shared/clocker-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ContextStore } from '../../ports/context-store.ts';
import type { Log } from '../../ports/log.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { Store } from '../../ports/store.ts';
import { type ChainedAuditLog, createAuditLog } from './audit-log.ts';
import { createContextStore } from './context-store.ts';
import type { Dialect } from './database-schema.ts';
import { migrateSchema } from './migrate-schema.ts';
import { mainMigrations, telemetryMigrations } from './migrations.ts';
import { type OpenDatabases, openSqliteDatabases } from './open-databases.ts';
import { openPostgresDatabases } from './open-postgres.ts';
import { ensurePlane } from './plane-mark.ts';
import { createRecordStore } from './record-store.ts';
import { type ClosableSensorHistory, createSensorHistory } from './sensor-history.ts';
import { createSqlRecordDatabase } from './sql-record-database.ts';
import { type ClosableTaskLogs, createTaskLogStore } from './task-log-store.ts';

/** Longer than a dead leader's row lives. */
const PATIENCE_MS = 10_000;

export interface StoreOptions {
  /** Directory of the SQLite files; made when absent. Not needed with `url`. */
  readonly path?: string;
  /** PostgreSQL instead of SQLite: `postgres://user@host:5432/name`. */
  readonly url?: string;
  readonly log: Log;
  readonly clock: Clock;
  /** When given, the database is bound to this key: opened with another one it is refused. */
  readonly secrets?: Secrets;
  /** Called once when another process has become leader (PostgreSQL only). This one must stop acting at once. */
  readonly onLost?: () => void;
  /** Milliseconds to wait for a PostgreSQL leader that died without saying so. Default 10 000. */
  readonly patienceMs?: number;
  /** Freezes every record, to catch writers. Default: in tests only. */
  readonly freeze?: boolean;
}

export interface OpenStore {
  readonly store: Store;
  readonly taskLogs: ClosableTaskLogs;
  readonly audit: ChainedAuditLog;
  readonly history: ClosableSensorHistory;
  readonly contexts: ContextStore;
  /** The main database, for user accounts. */
  readonly db: Kysely<unknown>;
  readonly dialect: Dialect;
  /** Writes what waits, ends leadership and closes the files. */
  close(): Promise<void>;
}

/**
 * Opens the database, makes this process its only writer, brings the schema up to date and loads the records.
 * @throws ClockerError store.locked | store.newer | store.corrupt | store.full
 */
export async function createStore(options: StoreOptions): Promise<OpenStore> {
  const databases = await openDatabases(options);
  try {
    return await openOn(databases, options);
  } catch (error) {
    await databases.close();
    throw error;
  }
}

async function openDatabases({ path, url, log, patienceMs = PATIENCE_MS, onLost = () => undefined }: StoreOptions): Promise<OpenDatabases> {
  if (url) return await openPostgresDatabases({ url, log, patienceMs, onLost });
  if (path) return openSqliteDatabases(path, log);
  throw new ClockerError('input.invalid', { message: 'The store needs a data directory or the address of a PostgreSQL database' });
}

async function openOn(databases: OpenDatabases, { log, clock, secrets, freeze }: StoreOptions): Promise<OpenStore> {
  const { main, telemetry, dialect, where } = databases;
  await migrateSchema(main, { table: 'clocker_migration', migrations: mainMigrations(dialect), where });
  await migrateSchema(telemetry, { table: 'clocker_telemetry_migration', migrations: telemetryMigrations(dialect), where });
  await ensurePlane({ db: main, where, now: clock.now(), secrets });
  await databases.ready();
  const database = createSqlRecordDatabase({ db: main, where, guard: databases.guard });
  const store = await createRecordStore({ database, log, freeze: freeze ?? process.env.NODE_ENV === 'test' });
  const taskLogs = createTaskLogStore({ db: telemetry, clock, log });
  const history = createSensorHistory({ db: telemetry, clock, log });
  const audit = createAuditLog(main, where);
  let closing: Promise<void> | null = null;

  async function closeAll(): Promise<void> {
    await store.close();
    await Promise.allSettled([audit.idle(), taskLogs.flush(), history.flush()]);
    await databases.close().catch((error: unknown) => log.error('the database did not close', { error: toErrorView(error) }));
  }
  return {
    store,
    taskLogs,
    history,
    contexts: createContextStore(main, where),
    audit,
    db: main as unknown as Kysely<unknown>,
    dialect,
    close() {
      closing ??= closeAll();
      return closing;
    },
  };
}
