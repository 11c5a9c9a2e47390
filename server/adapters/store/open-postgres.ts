import { Kysely, PostgresDialect } from 'kysely';
import { Pool, type PoolConfig, types } from 'pg';
import { toErrorView } from '../../domain/shared/clocker-error.ts';
import type { Log } from '../../ports/log.ts';
import type { MainSchema, TelemetrySchema } from './database-schema.ts';
import { takeLeadership } from './leader-lease.ts';
import type { OpenDatabases } from './open-databases.ts';

const INT8 = 20;
const CONNECT_TIMEOUT_MS = 5000;
const STATEMENT_TIMEOUT_MS = 30_000;

export interface PostgresOptions {
  readonly url: string;
  readonly log: Log;
  /** Milliseconds to wait for a leader that died without saying so. */
  readonly patienceMs: number;
  /** Called once when this process is no longer leader. */
  readonly onLost: () => void;
}

/**
 * One database for everything, written by the leader only. Task logs and sensor history go through connections that do not wait for
 * the disk.
 * @throws ClockerError store.locked when another process leads.
 */
export async function openPostgresDatabases({ url, log, patienceMs, onLost }: PostgresOptions): Promise<OpenDatabases> {
  const where = withoutPassword(url);
  const open = <Schema>(settings: PoolConfig): Kysely<Schema> =>
    new Kysely<Schema>({ dialect: new PostgresDialect({ pool: createPool(url, settings, log) }) });
  const main = open<MainSchema>({ max: 10 });
  const telemetry = open<TelemetrySchema>({ max: 3, options: '-c synchronous_commit=off' });
  const lease = open<MainSchema>({ max: 1, application_name: 'clocker-lead' });
  const closeAll = async () => void (await Promise.all([main.destroy(), telemetry.destroy(), lease.destroy()]));
  try {
    const leadership = await takeLeadership({ db: lease, where, log, patienceMs, onLost });
    return {
      main,
      telemetry,
      dialect: 'postgres',
      where,
      guard: leadership.guard,
      ready: async () => undefined,
      async close() {
        try {
          await leadership.release();
        } finally {
          await closeAll();
        }
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function createPool(url: string, settings: PoolConfig, log: Log): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: 'clocker',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    keepAlive: true,
    // Numbers of milliseconds and revisions fit a double; the default is text.
    types: { getTypeParser: (oid, format) => (oid === INT8 ? Number : types.getTypeParser(oid, format)) },
    ...settings,
  });
  const heard = (error: Error) => log.warn('a connection to the database broke', { error: toErrorView(error) });
  pool.on('error', heard);
  // A connection in use tells its end by this event as well; unheard, it would end the process.
  pool.on('connect', (client) => client.on('error', heard));
  return pool;
}

function withoutPassword(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `postgres://${hostname}${port && `:${port}`}${pathname}`;
}
