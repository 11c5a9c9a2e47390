import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BARE_CONTAINER } from '../../domain/entity/container-spec.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { type PostgresCluster, startPostgres } from '../../testing/postgres.ts';
import { quietLog } from '../../testing/quiet-log.ts';
import { anInstance } from '../../testing/records.ts';
import { createSystemClock } from '../clock/system-clock.ts';
import { createStore, type OpenStore } from './create-store.ts';

const NGINX = { ...BARE_CONTAINER, image: 'nginx', env: { GREETING: 'grüß "Gott"' } };
const REDIS = { ...BARE_CONTAINER, image: 'redis', files: [{ path: '/a', content: 'x'.repeat(3000), mode: 0o644 }] };

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await startPostgres();
});
afterAll(() => cluster.stop());

describe.each(['sqlite', 'postgres'] as const)('specs of instances on %s', (dialect) => {
  let directory: string;
  let database: { readonly path: string } | { readonly url: string };
  const open: OpenStore[] = [];

  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'clocker-specs-'));
    database = dialect === 'sqlite' ? { path: path.join(directory, 'data') } : { url: await cluster.freshUrl() };
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((store) => store.close()));
    await rm(directory, { recursive: true });
  });

  async function openStore(): Promise<OpenStore> {
    const store = await createStore({ ...database, log: quietLog(), clock: createSystemClock() });
    open.push(store);
    return store;
  }

  it('are kept once, and shared again after a restart', async () => {
    const first = await openStore();
    await first.store.commit((draft) => {
      for (const id of ['i1', 'i2']) draft.put('instance', anInstance({ id, spec: structuredClone(NGINX) }));
      draft.put('instance', anInstance({ id: 'i3', spec: REDIS }));
    });
    expect(await specsIn(first.db)).toHaveLength(2);
    await first.close();
    const { store } = await openStore();
    expect(store.view.get('instance', 'i1')).toEqual(anInstance({ id: 'i1', spec: NGINX }));
    expect(store.view.get('instance', 'i3')).toEqual(anInstance({ id: 'i3', spec: REDIS }));
    expect(store.view.get('instance', 'i1')?.spec).toBe(store.view.get('instance', 'i2')?.spec);
  });

  it('go at the next commit after a start when nothing uses them, and come back when something does', async () => {
    const first = await openStore();
    await first.store.commit((draft) => {
      draft.put('instance', anInstance({ id: 'i1', spec: NGINX }));
      draft.put('instance', anInstance({ id: 'i2', spec: REDIS }));
    });
    await first.store.commit((draft) => draft.remove('instance', 'i2'));
    await first.close();
    const { store, db } = await openStore();
    await store.commit((draft) => draft.put('instance', anInstance({ id: 'i3', spec: NGINX })));
    expect(await specsIn(db)).toHaveLength(1);
    await store.commit((draft) => draft.put('instance', anInstance({ id: 'i4', spec: REDIS })));
    expect(await specsIn(db)).toHaveLength(2);
  });

  it('are moved out of the rows of a store that was made before, and only once', async () => {
    const { db, close } = await openStore();
    await sql`drop table container_spec`.execute(db);
    await forgetMigration(db);
    const rows = Array.from({ length: 1100 }, (_, n) => anInstance({ id: `i${n}`, spec: n % 2 === 0 ? NGINX : REDIS }));
    const values = rows.map((row) => sql`('instance', ${row.id}, 1, ${JSON.stringify(row)})`);
    await sql`insert into record (kind, id, revision, doc) values ${sql.join(values)}`.execute(db);
    await close();
    expect(await instancesOf(await openStore())).toEqual(new Map(rows.map((row) => [row.id, row])));
    const moved = open.pop();
    expect(await specsIn(moved?.db)).toHaveLength(2);
    // As a crash leaves it that comes before the migration is noted.
    await forgetMigration(moved?.db);
    await moved?.close();
    const again = await openStore();
    expect(await instancesOf(again)).toEqual(new Map(rows.map((row) => [row.id, row])));
    expect(await specsIn(again.db)).toHaveLength(2);
  });

  it('that are missing are told as damage', async () => {
    const { store, db, close } = await openStore();
    await store.commit((draft) => draft.put('instance', anInstance({ id: 'i1', spec: NGINX })));
    await sql`delete from container_spec`.execute(db);
    await close();
    await expect(openStore()).rejects.toMatchObject({ code: 'store.corrupt', message: expect.stringContaining('i1') });
  });
});

async function specsIn(db: Kysely<unknown> | undefined): Promise<readonly unknown[]> {
  return db === undefined ? [] : (await sql`select id from container_spec`.execute(db)).rows;
}

/** And those that came after it, whose tables are there already. */
async function forgetMigration(db: Kysely<unknown> | undefined): Promise<void> {
  if (db) await sql`delete from clocker_migration where name >= '0003-container-specs'`.execute(db);
}

async function instancesOf({ store }: OpenStore): Promise<ReadonlyMap<string, Instance>> {
  return new Map(store.view.all('instance'));
}
