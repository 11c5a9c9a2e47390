import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Instance } from '../../domain/entity/instance.ts';
import { type PostgresCluster, startPostgres } from '../../testing/postgres.ts';
import { quietLog } from '../../testing/quiet-log.ts';
import { anInstance } from '../../testing/records.ts';
import { createSystemClock } from '../clock/system-clock.ts';
import { createStore, type OpenStore } from './create-store.ts';

const planned = (n: number): Instance =>
  anInstance({
    id: `01M8-${String(n).padStart(4, '0')}`,
    entityId: `entity-${n}`,
    hostId: `host-${n % 3}`,
    createdAt: 1_764_000_000_000 + n,
  });

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await startPostgres();
});
afterAll(() => cluster.stop());

describe.each(['sqlite', 'postgres'] as const)('instances planned together, on %s', (dialect) => {
  let directory: string;
  let database: { readonly path: string } | { readonly url: string };
  let open: OpenStore;

  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'clocker-lots-'));
    database = dialect === 'sqlite' ? { path: path.join(directory, 'data') } : { url: await cluster.freshUrl() };
    open = await createStore({ ...database, log: quietLog(), clock: createSystemClock() });
  });
  afterEach(async () => {
    await open.close();
    await rm(directory, { recursive: true });
  });

  async function plan(from: number, to: number): Promise<void> {
    await open.store.commit((draft) => {
      for (let n = from; n < to; n += 1) draft.put('instance', planned(n));
    });
  }

  /** What a restart reads is what was there; answers it. */
  async function restart(): Promise<ReadonlyMap<string, Instance>> {
    const before = new Map(open.store.view.all('instance'));
    await open.close();
    open = await createStore({ ...database, log: quietLog(), clock: createSystemClock() });
    const after = new Map(open.store.view.all('instance'));
    expect(after).toEqual(before);
    expect(new Set(open.store.view.instancesOn('host-1'))).toEqual(
      new Set([...after.values()].filter(({ hostId }) => hostId === 'host-1')),
    );
    return after;
  }

  it('are one row, and are read again as they were', async () => {
    await plan(0, 100);
    expect(await rowsIn(open.db)).toEqual({ lots: 1, rows: 0 });
    const after = await restart();
    expect(after.get(planned(7).id)).toEqual(planned(7));
  });

  it('have a row of their own from the first change on, and the lot goes with the last of them', async () => {
    await plan(0, 20);
    await open.store.commit((draft) => draft.put('instance', { ...planned(3), state: 'running' }));
    expect(await rowsIn(open.db)).toEqual({ lots: 1, rows: 1 });
    expect((await restart()).get(planned(3).id)?.state).toBe('running');
    await open.store.commit((draft) => {
      for (let n = 0; n < 20; n += 1) draft.put('instance', { ...planned(n), state: 'created' });
    });
    expect(await rowsIn(open.db)).toEqual({ lots: 0, rows: 20 });
    expect((await restart()).size).toBe(20);
  });

  it('that are removed stay removed after a restart, and leave nothing when all are', async () => {
    await plan(0, 20);
    await plan(20, 40);
    await open.store.commit((draft) => draft.remove('instance', planned(5).id));
    expect((await restart()).has(planned(5).id)).toBe(false);
    await open.store.commit((draft) => draft.put('instance', planned(5)));
    expect((await restart()).size).toBe(40);
    await open.store.commit((draft) => {
      for (let n = 0; n < 20; n += 1) draft.remove('instance', planned(n).id);
    });
    expect(await rowsIn(open.db)).toEqual({ lots: 1, rows: 0 });
    expect((await restart()).size).toBe(20);
  });

  it('are few: then each has a row; what cannot be told in columns has one too', async () => {
    await plan(0, 5);
    expect(await rowsIn(open.db)).toEqual({ lots: 0, rows: 5 });
    await open.store.commit((draft) => {
      for (let n = 10; n < 40; n += 1) draft.put('instance', n === 12 ? { ...planned(n), endpoints: [] } : planned(n));
    });
    expect(await rowsIn(open.db)).toEqual({ lots: 1, rows: 6 });
    expect((await restart()).size).toBe(35);
  });

  it('whose ids fall between those of a lot get rows, and do not hide it', async () => {
    await open.store.commit((draft) => {
      for (let n = 0; n < 100; n += 2) draft.put('instance', planned(n));
    });
    await open.store.commit((draft) => {
      for (let n = 1; n < 100; n += 2) draft.put('instance', planned(n));
    });
    expect(await rowsIn(open.db)).toEqual({ lots: 1, rows: 50 });
    await open.store.commit((draft) => draft.remove('instance', planned(51).id));
    expect(await rowsIn(open.db)).toEqual({ lots: 1, rows: 49 });
    expect((await restart()).size).toBe(99);
  });

  it('survive whatever is done to them, restarts in between', async () => {
    // A fixed sequence (Lehmer's generator, modulus 2^31 - 1): what fails, fails again.
    let seed = 42;
    const next = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let round = 0; round < 12; round += 1) {
      await plan(round * 60, round * 60 + 16 + next(40));
      await open.store.commit((draft) => {
        for (const instance of [...draft.all('instance').values()]) {
          const what = next(4);
          if (what === 0) draft.remove('instance', instance.id);
          if (what === 1) draft.put('instance', { ...instance, restartSerial: instance.restartSerial + 1 });
        }
      });
      await restart();
    }
    await open.store.commit((draft) => {
      for (const id of [...draft.all('instance').keys()]) draft.remove('instance', id);
    });
    expect(await rowsIn(open.db)).toEqual({ lots: 0, rows: 0 });
  });
});

async function rowsIn(db: Kysely<unknown>): Promise<{ readonly lots: number; readonly rows: number }> {
  const count = async (query: ReturnType<typeof sql<{ n: number }>>) => Number((await query.execute(db)).rows[0]?.n);
  return {
    lots: await count(sql<{ n: number }>`select count(*) as n from instance_lot`),
    rows: await count(sql<{ n: number }>`select count(*) as n from record where kind = 'instance'`),
  };
}
