import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { toStoreError } from './store-error.ts';

/** Older ones can corrupt a WAL file that two connections write (sqlite.org/wal.html, "WAL-reset bug"). */
const OLDEST_SQLITE = [3, 51, 3] as const;
/** Milliseconds that a statement waits for another connection of this machine, such as a backup. */
const BUSY_TIMEOUT_MS = 5000;
const STATEMENT_CACHE = 200;
const CACHE_KIB = 32 * 1024;
/** Pages of 4 KiB: fewer checkpoints than by default, as pages that change often are then copied once. */
const CHECKPOINT_PAGES = 4000;
/** A write-ahead log that one large commit has blown up is cut back to this. */
const KEPT_WAL_BYTES = 64 * 1024 * 1024;

export interface SqliteFile {
  readonly path: string;
  /** FULL: a commit has reached the disk. NORMAL: a power cut may take the last ones, never the file. */
  readonly synchronous: 'FULL' | 'NORMAL';
}

export interface OpenSqlite<Schema> {
  readonly db: Kysely<Schema>;
  close(): Promise<void>;
}

/** @throws ClockerError store.corrupt when the file is damaged or no database. */
export function openSqlite<Schema>({ path, synchronous }: SqliteFile): OpenSqlite<Schema> {
  const database = openFile(path);
  try {
    prepareFile(database, path, synchronous);
  } catch (error) {
    database.close();
    throw toStoreError(error, path);
  }
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: async () => toKyselyDatabase(database) }) });
  return {
    db,
    async close() {
      await db.destroy();
      if (database.isOpen) database.close();
    },
  };
}

function openFile(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
  } catch (error) {
    throw toStoreError(error, path);
  }
}

function prepareFile(database: DatabaseSync, path: string, synchronous: SqliteFile['synchronous']): void {
  const { version } = database.prepare('select sqlite_version() as version').get() as { version: string };
  if (isOlder(version, OLDEST_SQLITE)) {
    throw new ClockerError('store.corrupt', {
      message: `SQLite ${version} of this Node can damage database files; ${OLDEST_SQLITE.join('.')} or newer is needed`,
      hint: 'Start Clocker with its own Node: npm ci, then npm start.',
    });
  }
  const checked = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
  if (checked.quick_check !== 'ok') throw corrupt(path, checked.quick_check);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA foreign_keys = ON;`);
  database.exec(
    `PRAGMA cache_size = -${CACHE_KIB}; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}; PRAGMA journal_size_limit = ${KEPT_WAL_BYTES}`,
  );
}

function corrupt(path: string, finding: string): ClockerError {
  return new ClockerError('store.corrupt', {
    message: `The database ${path} is damaged: ${finding}`,
    hint: 'Put back a backup of the data directory. The damaged file was left as it is.',
  });
}

/** Kysely prepares anew for each call; the same text gives the same statement here. */
function toKyselyDatabase(database: DatabaseSync): SqliteDatabase {
  const statements = new Map<string, StatementSync>();
  function prepare(sql: string): StatementSync {
    const known = statements.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    if (statements.size < STATEMENT_CACHE) statements.set(sql, statement);
    return statement;
  }
  return {
    close: () => database.close(),
    prepare(sql) {
      const statement = prepare(sql);
      const bind = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
      // The empty first argument keeps node:sqlite from taking an object in first place as named parameters.
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all({}, ...bind(parameters)),
        run: (parameters) => (isSpent(sql, database) ? NO_CHANGES : statement.run({}, ...bind(parameters))),
        iterate: (parameters) => statement.iterate({}, ...bind(parameters)) as IterableIterator<Record<string, SQLOutputValue>>,
      };
    },
  };
}

const NO_CHANGES = { changes: 0, lastInsertRowid: 0 } as const;

/** SQLite ends a transaction by itself when the disk is full; rolling back then would hide that error behind another. */
function isSpent(sql: string, database: DatabaseSync): boolean {
  return sql === 'rollback' && !database.isTransaction;
}

function isOlder(version: string, oldest: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  const at = oldest.findIndex((part, index) => (parts[index] ?? 0) !== part);
  return at >= 0 && (parts[at] ?? 0) < (oldest[at] ?? 0);
}
