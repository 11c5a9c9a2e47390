import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PostgresCluster, startPostgres } from '../../testing/postgres.ts';
import { quietLog } from '../../testing/quiet-log.ts';
import { aLease } from '../../testing/records.ts';
import { createSystemClock } from '../clock/system-clock.ts';
import { createStore, type OpenStore, type StoreOptions } from './create-store.ts';

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await startPostgres();
});
afterAll(() => cluster.stop());

function openStore(url: string, options: Partial<StoreOptions> = {}): Promise<OpenStore> {
  return createStore({ url, log: quietLog(), clock: createSystemClock(), ...options });
}

it('keeps leading while it renews', async () => {
  const url = await cluster.freshUrl();
  const leader = await openStore(url);
  const refused = await openStore(url, { patienceMs: 7000 }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'store.locked', retryable: true });
  await leader.store.commit((draft) => draft.put('lease', aLease('a')));
  await leader.close();
});

it('writes nothing once another process has taken over, and says so', async () => {
  const url = await cluster.freshUrl();
  let lost = 0;
  const old = await openStore(url, { onLost: () => (lost += 1) });
  const outside = new Kysely<never>({ dialect: new PostgresDialect({ pool: new Pool({ connectionString: url }) }) });
  await sql`update leader set holder = 'another', epoch = epoch + 1`.execute(outside);
  await expect(old.store.commit((draft) => draft.put('lease', aLease('a')))).rejects.toMatchObject({ code: 'store.locked' });
  const { rows } = await sql`select id from record`.execute(outside);
  expect([rows, lost, old.store.revision]).toEqual([[], 1, 0]);
  await old.close();
  await outside.destroy();
});

it('stops by itself when the database cannot be asked for 4 seconds', async () => {
  const url = await cluster.freshUrl();
  const startedAt = performance.now();
  const lost = Promise.withResolvers<number>();
  const leader = await openStore(url, { onLost: () => lost.resolve(performance.now() - startedAt) });
  const outside = new Pool({ connectionString: url, max: 1 });
  const blocker = await outside.connect();
  await blocker.query('begin; lock table leader in access exclusive mode');
  expect(await lost.promise).toBeLessThan(5500);
  await blocker.query('rollback');
  blocker.release();
  await outside.end();
  await expect(leader.store.commit((draft) => draft.put('lease', aLease('a')))).rejects.toMatchObject({ code: 'store.locked' });
  await leader.close();
});

it('never differs from the database, whenever its connections break', async () => {
  const url = await cluster.freshUrl();
  const leader = await openStore(url);
  const outside = new Pool({ connectionString: url, max: 1, application_name: 'outside' });
  let done = false;
  const breaking = (async () => {
    while (!done) {
      await outside.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'clocker' and datname = current_database()",
      );
      await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 150));
    }
  })();
  const kept: string[] = [];
  let refused = 0;
  for (let n = 0; n < 1000 && refused < 15; n += 1) {
    const id = `lease-${n}`;
    await leader.store
      .commit((draft) => draft.put('lease', aLease(id)))
      .then(
        () => kept.push(id),
        () => {
          refused += 1;
        },
      );
  }
  done = true;
  await breaking;
  const { rows } = await outside.query('select id from record order by id');
  expect(rows.map(({ id }) => id)).toEqual(kept.sort());
  expect([...leader.store.view.all('lease').keys()].sort()).toEqual(kept);
  expect(refused).toBeGreaterThan(0);
  await outside.end();
  await leader.close();
});
