import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createSystemClock } from '../server/adapters/clock/system-clock.ts';
import { createStore, type OpenStore } from '../server/adapters/store/create-store.ts';
import { quietLog } from '../server/testing/quiet-log.ts';
import { anEntity } from '../server/testing/records.ts';
import { alternate, type Bench, median, rounded, summarise } from './support/bench.ts';

const WRITES = 2_000;
const ENTITIES = 10_000;
const GROUP = 100;

/** Durable single writes against bare SQLite with the same durability; and how long a restart takes to have all records again. */
export const bench: Bench = {
  name: 'store',
  what: `durable writes a second (${WRITES} lone commits) against bare SQLite WAL/FULL; reload of ${ENTITIES} entities`,
  async run({ rounds, say, signal }) {
    const folder = mkdtempSync(path.join(tmpdir(), 'clocker-bench-'));
    const open = () => createStore({ path: path.join(folder, 'ours'), log: quietLog(), clock: createSystemClock(), freeze: false });
    const bare = openBare(path.join(folder, 'bare.db'));
    let store = await open();
    try {
      const measured = await alternate(
        { rounds: rounds ?? 9, say, signal },
        () => loneWrites(store),
        () => bareWrites(bare),
      );
      const grouped = await groupedWrites(store);
      await fill(store);
      const reloads: number[] = [];
      for (let n = 0; n < 5; n++) {
        await store.close();
        const begun = performance.now();
        store = await open();
        reloads.push(performance.now() - begun);
      }
      const reloadMs = rounded(median(reloads));
      return {
        name: 'store',
        unit: 'durable writes/s',
        ...summarise(measured),
        target: 'reload of 10,000 entities <= 500 ms',
        met: reloadMs <= 500,
        detail: { reloadMs, entities: ENTITIES, groupedWritesPerSecond: rounded(grouped), group: GROUP },
      };
    } finally {
      await store.close();
      bare.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function loneWrites({ store }: OpenStore): Promise<number> {
  const begun = performance.now();
  for (let n = 0; n < WRITES; n++) {
    await store.commit((draft) => draft.put('entity', anEntity({ id: `lone-${n % 50}`, name: `${begun} ${n}` })));
  }
  return WRITES / ((performance.now() - begun) / 1000);
}

async function groupedWrites({ store }: OpenStore): Promise<number> {
  const begun = performance.now();
  for (let n = 0; n < WRITES / GROUP; n++) {
    const one = (k: number) => store.commit((draft) => draft.put('entity', anEntity({ id: `lone-${k % 50}`, name: `${begun} ${n} ${k}` })));
    await Promise.all(Array.from({ length: GROUP }, (_, k) => one(k)));
  }
  return WRITES / ((performance.now() - begun) / 1000);
}

async function fill({ store }: OpenStore): Promise<void> {
  await store.commit((draft) => {
    for (let n = 0; n < ENTITIES; n++) draft.put('entity', anEntity({ id: `entity-${n}` }));
  });
}

function openBare(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE record (id TEXT PRIMARY KEY, doc TEXT)');
  return database;
}

async function bareWrites(database: DatabaseSync): Promise<number> {
  const statement = database.prepare('INSERT INTO record VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET doc = excluded.doc');
  const begun = performance.now();
  for (let n = 0; n < WRITES; n++)
    statement.run(`lone-${n % 50}`, JSON.stringify(anEntity({ id: `lone-${n % 50}`, name: `${begun} ${n}` })));
  return WRITES / ((performance.now() - begun) / 1000);
}
