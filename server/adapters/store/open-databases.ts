import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Transaction } from 'kysely';
import { ClockerError, isClockerError, toErrorView } from '../../domain/shared/clocker-error.ts';
import type { Log } from '../../ports/log.ts';
import type { Dialect, MainDatabase, MainSchema, TelemetryDatabase, TelemetrySchema } from './database-schema.ts';
import { type OpenSqlite, openSqlite } from './open-sqlite.ts';
import { lockDirectory } from './sqlite-lock.ts';

/** The two databases of a plane, held by this process alone. */
export interface OpenDatabases {
  readonly main: MainDatabase;
  readonly telemetry: TelemetryDatabase;
  readonly dialect: Dialect;
  /** File or server, for messages; without a password. */
  readonly where: string;
  /** Throws when this process may no longer write. */
  guard(transaction: Transaction<MainSchema>): Promise<void>;
  /** Called once the schema is in place. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/**
 * `clocker.db` (records, audit, accounts) and `telemetry.db` (task logs, sensor history) in a directory.
 * @throws ClockerError store.locked | store.corrupt
 */
export function openSqliteDatabases(directory: string, log: Log): OpenDatabases {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const lock = lockDirectory(directory);
  const file = path.join(directory, 'clocker.db');
  const mark = path.join(directory, 'store.json');
  try {
    refuseVanished(file, mark);
    const main = openSqlite<MainSchema>({ path: file, synchronous: 'FULL' });
    const telemetry = openTelemetry(path.join(directory, 'telemetry.db'), log);
    return {
      main: main.db,
      telemetry: telemetry.db,
      dialect: 'sqlite',
      where: file,
      guard: async () => undefined,
      async ready() {
        if (!existsSync(mark)) writeFileSync(mark, '{"records":"clocker.db"}\n', { mode: 0o600 });
      },
      async close() {
        await main.close();
        await telemetry.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Curves and logs are no reason to stay down: a damaged file is put aside and a new one begun. */
function openTelemetry(file: string, log: Log): OpenSqlite<TelemetrySchema> {
  const wanted = { path: file, synchronous: 'NORMAL' } as const;
  try {
    return openSqlite<TelemetrySchema>(wanted);
  } catch (error) {
    if (!isClockerError(error) || error.code !== 'store.corrupt') throw error;
    const aside = `${file}.damaged-${process.pid}`;
    renameSync(file, aside);
    for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
    log.error('sensor history and task logs were damaged and begin anew', { file, aside, error: toErrorView(error) });
    return openSqlite<TelemetrySchema>(wanted);
  }
}

/** A directory that once held a plane is never taken for a new one. */
function refuseVanished(file: string, mark: string): void {
  if (!existsSync(mark)) return;
  const size = existsSync(file) ? statSync(file).size : 0;
  if (size > 0) return;
  throw new ClockerError('store.corrupt', {
    message: `The database ${file} is gone, though this data directory was in use (${mark} is there)`,
    hint: `Put back ${path.basename(file)} from a backup. To begin anew with nothing, use an empty data directory.`,
  });
}
