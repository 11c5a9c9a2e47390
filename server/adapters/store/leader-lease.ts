import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql, type Transaction } from 'kysely';
import { ClockerError, toErrorView } from '../../domain/shared/clocker-error.ts';
import type { Log } from '../../ports/log.ts';
import type { MainDatabase, MainSchema } from './database-schema.ts';
import { toStoreError } from './store-error.ts';

/** The row is valid this long, by the server's clock. */
const TTL_SECONDS = 6;
const RENEW_MS = 2000;
/** The holder stops acting this long after its last renewal began, by its own monotonic clock: well before others may take over. */
const STOP_MS = 4000;
const LOOK_AGAIN_MS = 500;
const NAME = 'engine';

export interface LeadershipOptions {
  /** A connection of its own, so that renewals never wait for work. */
  readonly db: MainDatabase;
  readonly where: string;
  readonly log: Log;
  readonly patienceMs: number;
  readonly onLost: () => void;
}

export interface Leadership {
  /** Grows with each change of leader. */
  readonly epoch: number;
  /** Refuses a transaction of a process that does not lead, and holds the row so that nobody takes over while it runs. */
  guard(transaction: Transaction<MainSchema>): Promise<void>;
  release(): Promise<void>;
}

/**
 * Becomes the one process that may write. A leader that died is waited for until its row runs out; one that still renews is not.
 * @throws ClockerError store.locked naming the holder.
 */
export async function takeLeadership({ db, where, log, patienceMs, onLost }: LeadershipOptions): Promise<Leadership> {
  const holder = `${hostname()}, process ${process.pid}, ${randomBytes(4).toString('hex')}`;
  const epoch = await acquire({ db, where, patienceMs, holder });
  let renewedAt = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let state: 'leading' | 'lost' | 'released' = 'leading';

  function lose(reason: string): void {
    if (state !== 'leading') return;
    state = 'lost';
    clearTimeout(timer);
    log.error('leadership lost', { reason, epoch });
    onLost();
  }

  async function renew(): Promise<void> {
    const startedAt = performance.now();
    try {
      const renewed = await db
        .updateTable('leader')
        .set({ expires_at: expiry() })
        .where('name', '=', NAME)
        .where('holder', '=', holder)
        .where('epoch', '=', epoch)
        .executeTakeFirst();
      if (renewed.numUpdatedRows === 0n) return lose('another process has taken over');
      renewedAt = startedAt;
    } catch (error) {
      log.warn('leadership could not be renewed', { error: toErrorView(error) });
    }
    if (isStale()) return lose('no renewal for 4 s');
    schedule();
  }

  function isStale(): boolean {
    return performance.now() - renewedAt >= STOP_MS;
  }

  function schedule(): void {
    if (state !== 'leading') return;
    const age = performance.now() - renewedAt;
    timer = setTimeout(() => void renew(), age >= RENEW_MS ? LOOK_AGAIN_MS : RENEW_MS - age);
    timer.unref();
  }

  // A renewal that hangs must not delay the stop.
  const watch = setInterval(() => isStale() && lose('no renewal for 4 s'), LOOK_AGAIN_MS);
  watch.unref();
  schedule();
  return {
    epoch,
    async guard(transaction) {
      if (isStale()) lose('no renewal for 4 s');
      const row =
        state === 'leading' &&
        (await transaction
          .selectFrom('leader')
          .select('epoch')
          .where('name', '=', NAME)
          .where('epoch', '=', epoch)
          .forShare()
          .executeTakeFirst());
      if (row) return;
      lose('another process has taken over');
      throw new ClockerError('store.locked', {
        message: `This process no longer leads the plane on ${where}: nothing was written`,
        hint: 'Another Clocker has taken over. Restart this one to stand by.',
      });
    },
    async release() {
      clearTimeout(timer);
      clearInterval(watch);
      if (state !== 'leading') return;
      state = 'released';
      await db
        .updateTable('leader')
        .set({ expires_at: sql<Date>`clock_timestamp()` })
        .where('name', '=', NAME)
        .where('epoch', '=', epoch)
        .execute();
    },
  };
}

interface Candidate {
  readonly db: MainDatabase;
  readonly where: string;
  readonly patienceMs: number;
  readonly holder: string;
}

async function acquire({ db, where, patienceMs, holder }: Candidate): Promise<number> {
  const until = performance.now() + patienceMs;
  let seen: string | null = null;
  try {
    await createTable(db);
    for (;;) {
      const epoch = await tryTake(db, holder);
      if (epoch !== null) return epoch;
      const present = await db.selectFrom('leader').select(['holder', 'epoch', 'expires_at']).where('name', '=', NAME).executeTakeFirst();
      const sign = JSON.stringify(present);
      if (present && ((seen !== null && sign !== seen) || performance.now() > until)) throw ledBy(present.holder, where);
      seen = sign;
      await sleep(LOOK_AGAIN_MS);
    }
  } catch (error) {
    throw toStoreError(error, where);
  }
}

async function tryTake(db: MainDatabase, holder: string): Promise<number | null> {
  const taken = await db
    .insertInto('leader')
    .values({ name: NAME, holder, epoch: 1, expires_at: expiry() })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ holder, epoch: sql<number>`leader.epoch + 1`, expires_at: expiry() })
        .where('leader.expires_at', '<=', sql<Date>`clock_timestamp()`),
    )
    .returning('epoch')
    .executeTakeFirst();
  return taken?.epoch ?? null;
}

/** Made outside the migrations: who leads is settled before anybody changes the schema. */
async function createTable(db: MainDatabase): Promise<void> {
  await db.schema
    .createTable('leader')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('epoch', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'timestamptz', (column) => column.notNull())
    .execute();
}

function expiry() {
  return sql<Date>`clock_timestamp() + make_interval(secs => ${sql.lit(TTL_SECONDS)})`;
}

function ledBy(holder: string, where: string): ClockerError {
  return new ClockerError('store.locked', {
    message: `Another Clocker (${holder}) leads the plane on ${where}`,
    hint: 'Stop that one, or start this one with another database.',
    retryable: true,
  });
}
