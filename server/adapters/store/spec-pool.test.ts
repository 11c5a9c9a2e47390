import { describe, expect, it } from 'vitest';
import { BARE_CONTAINER } from '../../domain/entity/container-spec.ts';
import { quietLog } from '../../testing/quiet-log.ts';
import { anInstance } from '../../testing/records.ts';
import { createMemoryDatabase } from '../simulated/memory-database.ts';
import type { RecordDatabase, RecordWrite } from './record-database.ts';
import { createRecordStore } from './record-store.ts';

const NGINX = { ...BARE_CONTAINER, image: 'nginx' };

function recorded() {
  const writes: RecordWrite[] = [];
  let failing = false;
  const memory = createMemoryDatabase();
  const database: RecordDatabase = {
    load: () => memory.load(),
    async write(write) {
      if (failing) throw new Error('no');
      writes.push(write);
      await memory.write(write);
    },
  };
  return {
    database,
    writes,
    fail(next: boolean) {
      failing = next;
    },
  };
}

const openStore = (database: RecordDatabase) => createRecordStore({ database, log: quietLog(), freeze: false });
const numbers = (specs: readonly { readonly id: number }[]) => specs.map(({ id }) => id);

describe('specs of instances', () => {
  it('are written with the first that has them, and shared in memory and in events', async () => {
    const { database, writes } = recorded();
    const store = await openStore(database);
    const seen: unknown[] = [];
    store.subscribe(({ changes }) => seen.push(...changes.map(({ record }) => record)));
    await store.commit((draft) => draft.put('instance', anInstance({ id: 'a', spec: { ...NGINX } })));
    await store.commit((draft) => draft.put('instance', anInstance({ id: 'b', spec: { ...NGINX } })));
    expect(writes.map(({ newSpecs }) => numbers(newSpecs))).toEqual([[1], []]);
    expect(JSON.parse(writes[1]?.changes[0]?.doc ?? '')).toEqual({ ...anInstance({ id: 'b' }), spec: 1 });
    const [a, b] = [store.view.get('instance', 'a'), store.view.get('instance', 'b')];
    expect(a?.spec).toEqual(NGINX);
    expect(a?.spec).toBe(b?.spec);
    expect(Object.isFrozen(a?.spec.env)).toBe(true);
    expect(seen).toEqual([a, b]);
  });

  it('of a commit that failed are written by the next one', async () => {
    const { database, writes, fail } = recorded();
    const store = await openStore(database);
    fail(true);
    await expect(store.commit((draft) => draft.put('instance', anInstance({ id: 'a', spec: NGINX })))).rejects.toThrow('no');
    fail(false);
    await store.commit((draft) => draft.put('instance', anInstance({ id: 'a', spec: NGINX })));
    expect(writes.map(({ newSpecs }) => numbers(newSpecs))).toEqual([[1]]);
  });

  it('that nothing uses go in time, also when the first attempt fails, and never those in use', async () => {
    const { database, writes, fail } = recorded();
    const store = await openStore(database);
    await store.commit((draft) => draft.put('instance', anInstance({ id: 'kept', spec: NGINX })));
    const changing = (n: number) => anInstance({ id: 'a', spec: { ...NGINX, env: { N: `${n}` } } });
    for (let n = 0; n < 1000; n += 1) await store.commit((draft) => draft.put('instance', changing(n)));
    fail(true);
    await expect(store.commit((draft) => draft.put('instance', changing(1000)))).rejects.toThrow('no');
    fail(false);
    expect(writes.flatMap(({ unusedSpecs }) => unusedSpecs)).toEqual([]);
    await store.commit((draft) => draft.put('instance', changing(0)));
    expect(writes.at(-1)?.unusedSpecs).toHaveLength(999);
    expect(writes.at(-1)?.newSpecs).toHaveLength(1);
    const again = await openStore(database);
    expect(again.view.all('instance')).toEqual(store.view.all('instance'));
  });
});
