import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Kysely, sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TaskId } from '../../domain/shared/ids.ts';
import type { AuditEntry } from '../../ports/store.ts';
import { type PostgresCluster, startPostgres } from '../../testing/postgres.ts';
import { quietLog } from '../../testing/quiet-log.ts';
import { aLease, anEntity, anInstance } from '../../testing/records.ts';
import { createSystemClock } from '../clock/system-clock.ts';
import { createSecrets } from '../secrets/create-secrets.ts';
import { createStore, type OpenStore, type StoreOptions } from './create-store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TASK = 'task-1' as TaskId;

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await startPostgres();
});
afterAll(() => cluster.stop());

describe.each(['sqlite', 'postgres'] as const)('the store on %s', (dialect) => {
  let directory: string;
  let database: { readonly path: string } | { readonly url: string };
  let now: number;
  const open: OpenStore[] = [];

  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'clocker-store-'));
    database = dialect === 'sqlite' ? { path: path.join(directory, 'data') } : { url: await cluster.freshUrl() };
    now = 1_000 * HOUR;
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((store) => store.close()));
    await rm(directory, { recursive: true });
  });

  async function openStore(options: Partial<StoreOptions> = {}): Promise<OpenStore> {
    const clock = { ...createSystemClock(), now: () => now };
    const store = await createStore({ ...database, log: quietLog(), clock, ...options });
    open.push(store);
    return store;
  }

  it('has all records, indices and the revision again after a restart', async () => {
    const first = await openStore();
    await first.store.commit((draft) => {
      draft.put('entity', anEntity({ id: 'web', parentId: 'root', sensors: { 'a.b': [1, null, 'ü'] } }));
      draft.put('instance', anInstance({ id: 'i1', entityId: 'web', hostId: 'h' }));
      draft.put('instance', anInstance({ id: 'i2', entityId: 'web', hostId: 'h' }));
    });
    await first.store.commit((draft) => draft.remove('instance', 'i1'));
    const entity = first.store.view.get('entity', 'web');
    await first.close();
    const { store } = await openStore();
    expect(store.revision).toBe(2);
    expect(store.view.get('entity', 'web')).toEqual(entity);
    expect(store.view.instancesOf('web').map(({ id }) => id)).toEqual(['i2']);
    expect(store.view.instancesOn('h')).toHaveLength(1);
    expect(store.view.childrenOf('root')).toHaveLength(1);
    expect(store.since(1)).toBeNull();
  });

  it('keeps secrets sealed, and has them again after a restart', async () => {
    const secrets = createSecrets({ file: path.join(directory, 'plane.key'), log: quietLog() });
    const first = await openStore();
    const secret = { provider: 'secrets', name: 'db/password', setAt: 1, setBy: 'ann' };
    await first.store.commit((draft) => draft.put('secret', { ...secret, id: 'secrets/db/password', sealed: secrets.seal('hunter 2 ü') }));
    await first.close();
    const { store } = await openStore();
    const found = store.view.get('secret', 'secrets/db/password');
    expect(found).toMatchObject(secret);
    expect(JSON.stringify(found)).not.toContain('hunter');
    expect(secrets.open(found?.sealed ?? '')).toBe('hunter 2 ü');
  });

  it('writes a commit of many records, and removes them, in one revision', async () => {
    const { store, close } = await openStore();
    await store.commit((draft) => {
      for (let n = 0; n < 1337; n += 1) draft.put('lease', aLease(`port:${n}`));
    });
    await store.commit((draft) => {
      for (let n = 0; n < 1000; n += 1) draft.remove('lease', `port:${n}`);
    });
    await close();
    const again = await openStore();
    expect(again.store.view.all('lease').size).toBe(337);
    expect(again.store.revision).toBe(2);
  });

  it('forgets on restart what was only shown', async () => {
    const { store, close } = await openStore();
    await store.commit((draft) => draft.put('lease', aLease('a', 'written')));
    store.showVolatile('lease', aLease('a', 'shown'));
    await close();
    expect((await openStore()).store.view.get('lease', 'a')?.ownerId).toBe('written');
  });

  it('loses no acknowledged commit when the process is killed', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round += 1) acknowledged.push(...(await commitUntilKilled(database)));
    expect(acknowledged.length).toBeGreaterThan(60);
    const { store, audit } = await openStore();
    expect(acknowledged.filter((id) => !store.view.get('lease', id))).toEqual([]);
    expect(await audit.verify()).toBeNull();
  });

  it('finds nothing to do when migrated again', async () => {
    await (await openStore()).close();
    await (await openStore()).close();
    await openStore();
  });

  it('refuses a database made by a newer version, and names both', async () => {
    const { db, close } = await openStore();
    await sql`insert into clocker_migration (name, timestamp) values ('9999-future', '2030')`.execute(db);
    await close();
    const refused = openStore();
    await expect(refused).rejects.toMatchObject({
      code: 'store.newer',
      message: expect.stringMatching(/9999-future.*0004-instance-lots/),
    });
  });

  it('refuses a second process and names the first', async () => {
    await openStore();
    const second = openStore();
    await expect(second).rejects.toMatchObject({ code: 'store.locked', message: expect.stringContaining(`process ${process.pid}`) });
  });

  it('can be opened again at once after it was closed', async () => {
    await (await openStore()).close();
    const startedAt = performance.now();
    await openStore();
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });

  it('refuses a database that belongs to another key file', async () => {
    const keyed = (name: string) => createSecrets({ file: path.join(directory, name), log: quietLog() });
    await (await openStore({ secrets: keyed('one') })).close();
    await expect(openStore({ secrets: keyed('two') })).rejects.toMatchObject({
      code: 'store.corrupt',
      hint: expect.stringContaining('key file'),
    });
    await openStore({ secrets: keyed('one') });
  });

  it('chains audit entries, lists the newest first and finds the first edited row', async () => {
    const { audit, db } = await openStore();
    const entry = (at: number): AuditEntry => ({
      at,
      actor: 'olga',
      action: 'entity.stop',
      scope: 'system',
      outcome: 'ok',
      detail: '{}',
      remote: '::1',
    });
    await Promise.all(Array.from({ length: 20 }, (_, at) => audit.append(entry(at))));
    expect((await audit.list({ before: null, limit: 2 })).map(({ id, at }) => [id, at])).toEqual([
      [20, 19],
      [19, 18],
    ]);
    expect((await audit.list({ before: 19, limit: 1 }))[0]).toEqual({ ...entry(17), id: 18 });
    expect(await audit.verify()).toBeNull();
    await sql`update audit set actor = 'mallory' where id = 7`.execute(db);
    expect(await audit.verify()).toEqual({ id: 7 });
    await sql`delete from audit where id < 8 and id > 4`.execute(db);
    expect(await audit.verify()).toEqual({ id: 8 });
  });

  it('keeps build contexts once each, and removes those that are old and that nothing needs', async () => {
    const { contexts } = await openStore();
    const archive = new Uint8Array([80, 75, 0, 255]);
    for (const [hash, at] of [
      ['a', now],
      ['b', now],
      ['c', now + 10],
      ['a', now + 20],
    ] as const)
      await contexts.put(hash, archive, at);
    expect([await contexts.get('a'), await contexts.get('z'), await contexts.totalBytes()]).toEqual([archive, null, 12]);
    expect(await contexts.removeUnused(new Set(['c']), now + 15)).toBe(1);
    expect([await contexts.get('a'), await contexts.get('b'), await contexts.get('c')]).toEqual([archive, null, archive]);
  });

  it('keeps task log lines in order, once each, and pages through them', async () => {
    const { taskLogs } = await openStore();
    const line = (n: number) => ({ n, at: now + n, stream: 'stdout' as const, text: `line ${n}` });
    taskLogs.append(TASK, [line(1), line(2), line(3)]);
    await taskLogs.flush();
    taskLogs.append(TASK, [line(3), line(4)]);
    expect((await taskLogs.read(TASK, 1, 2)).map(({ n }) => n)).toEqual([2, 3]);
    expect(await taskLogs.read(TASK, 3, 10)).toEqual([line(4)]);
    await taskLogs.forget(TASK);
    expect(await taskLogs.read(TASK, 0, 10)).toEqual([]);
  });

  it('answers sensor history at the finest tier that reaches back far enough', async () => {
    const { history } = await openStore();
    const start = now;
    for (let second = 0; second < 2 * 3600; second += 1) {
      history.record([{ subjectId: 'web', sensor: 'cpu', at: start + second * 1000, value: second % 60 }]);
      if (second % 600 === 0) await history.flush();
    }
    now = start + 2 * HOUR;
    const read = (fromMs: number) => history.read({ subjectId: 'web', sensor: 'cpu', fromMs, toMs: now });
    const fine = await read(now - 10 * MINUTE);
    expect(fine.length).toBeGreaterThanOrEqual(600);
    expect(fine.at(-1)).toEqual({ at: now - 1000, value: 59 });
    const minutes = await read(now - 100 * MINUTE);
    expect(minutes.length).toBeGreaterThanOrEqual(100);
    expect(minutes.at(-1)?.value).toBeCloseTo(29.5);
    const hours = await read(now - 48 * HOUR);
    expect(hours.map(({ at }) => at)).toEqual([start, start + HOUR]);
    expect(hours[0]?.value).toBeCloseTo(29.5);
  });

  it('drops sensor points that are older than their tier keeps, and forgets a subject', async () => {
    const { history } = await openStore();
    history.record([{ subjectId: 'web', sensor: 'cpu', at: now, value: 1 }]);
    await history.flush();
    now += 2 * HOUR;
    await history.prune();
    const read = (fromMs: number) => history.read({ subjectId: 'web', sensor: 'cpu', fromMs, toMs: now });
    expect(await read(now - 14 * MINUTE)).toEqual([]);
    expect(await read(now - 3 * HOUR)).toHaveLength(1);
    history.forget('web');
    expect(await read(now - 3 * HOUR)).toEqual([]);
  });

  it('gives the accounts’ tables a database that takes transactions beside commits', async () => {
    const { store, db } = await openStore();
    expect(db).toBeInstanceOf(Kysely);
    const beside = db.transaction().execute(async (transaction) => {
      await sql`insert into meta (key, value) values ('x', 'y')`.execute(transaction);
      await new Promise((resolve) => setTimeout(resolve, 50));
    });
    await Promise.all([beside, ...Array.from({ length: 20 }, (_, n) => store.commit((draft) => draft.put('lease', aLease(`${n}`))))]);
    expect(store.view.all('lease').size).toBe(20);
  });
});

/** Ids that a process acknowledged before it was killed in the middle of its work. */
async function commitUntilKilled(database: object): Promise<readonly string[]> {
  const script = fileURLToPath(new URL('../../testing/commit-forever.ts', import.meta.url));
  const child = spawn(process.execPath, [script, ...(Object.entries(database)[0] ?? [])], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    if (text.split('\n').length > 100 + Math.random() * 400) child.kill('SIGKILL');
  });
  const [, signal] = await once(child, 'close');
  expect(signal).toBe('SIGKILL');
  return text.split('\n').slice(0, -1);
}
