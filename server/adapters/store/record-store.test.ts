import { describe, expect, it } from 'vitest';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { ChangeEvent, Draft } from '../../ports/store.ts';
import { quietLog } from '../../testing/quiet-log.ts';
import { aLease, anEntity } from '../../testing/records.ts';
import type { RecordDatabase, RecordWrite } from './record-database.ts';
import { createRecordStore } from './record-store.ts';

/** A database that keeps what it is told and can be made to fail or to wait. */
function recordingDatabase() {
  const writes: RecordWrite[] = [];
  let before: () => Promise<void> = async () => undefined;
  const database: RecordDatabase = {
    load: async () => ({
      revision: 7,
      specs: [],
      pages: (async function* () {
        yield [{ kind: 'lease', id: 'old', doc: JSON.stringify(aLease('old')) }] as const;
      })(),
      lots: (async function* () {
        yield [];
      })(),
    }),
    async write(write) {
      await before();
      writes.push(write);
    },
  };
  const use = (next: () => Promise<void>) => {
    before = next;
  };
  return { database, writes, use };
}

async function openStore(heard?: (message: string) => void) {
  const recording = recordingDatabase();
  const store = await createRecordStore({ database: recording.database, log: quietLog(heard), freeze: true });
  const events: ChangeEvent[] = [];
  store.subscribe((event) => events.push(event));
  return { ...recording, store, events };
}

const put = (id: string, ownerId?: string) => (draft: Draft) => draft.put('lease', aLease(id, ownerId));

describe('a group of commits', () => {
  it('is one transaction, one revision and one event', async () => {
    const { store, writes, events } = await openStore();
    await Promise.all([store.commit(put('a')), store.commit(put('b')), store.commit(put('c'))]);
    expect(writes.map(({ revision, changes }) => [revision, changes.map(({ id }) => id)])).toEqual([[8, ['a', 'b', 'c']]]);
    expect(store.revision).toBe(8);
    expect(events).toHaveLength(1);
  });

  it('drops only the change that threw, and each sees what those before it did', async () => {
    const { store, writes } = await openStore();
    const seen: (string | undefined)[] = [];
    const outcomes = await Promise.allSettled([
      store.commit(put('a', 'first')),
      store.commit((draft) => {
        draft.put('lease', aLease('a', 'bad'));
        draft.put('lease', aLease('b', 'bad'));
        throw new Error('no');
      }),
      store.commit((draft) => {
        seen.push(draft.get('lease', 'a')?.ownerId, draft.get('lease', 'b')?.ownerId);
        draft.put('lease', aLease('c'));
        return 'answer';
      }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[2]).toMatchObject({ value: 'answer' });
    expect(seen).toEqual(['first', undefined]);
    expect(writes[0]?.changes.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(store.view.get('lease', 'b')).toBeUndefined();
  });

  it('gathers while a transaction is in flight, and shows nothing before it is durable', async () => {
    const { store, writes, use } = await openStore();
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    use(() => {
      reached.resolve();
      return gate.promise;
    });
    const first = store.commit(put('a'));
    await reached.promise;
    const rest = [store.commit(put('b')), store.commit(put('c'))];
    expect(store.view.get('lease', 'a')).toBeUndefined();
    gate.resolve();
    await Promise.all([first, ...rest]);
    expect(writes.map(({ changes }) => changes.map(({ id }) => id))).toEqual([['a'], ['b', 'c']]);
  });

  it('applies nothing when the database refuses, and works again after', async () => {
    const { store, events, use } = await openStore();
    use(async () => {
      throw new ClockerError('store.full', { message: 'full' });
    });
    const outcomes = await Promise.allSettled([store.commit(put('a')), store.commit(put('b'))]);
    expect(outcomes).toMatchObject([{ reason: { code: 'store.full' } }, { reason: { code: 'store.full' } }]);
    expect([store.revision, store.view.get('lease', 'a'), events]).toEqual([7, undefined, []]);
    use(async () => undefined);
    await store.commit(put('a'));
    expect([store.revision, store.view.get('lease', 'a')]).toEqual([8, aLease('a')]);
  });
});

describe('a commit', () => {
  it('that changes nothing writes nothing', async () => {
    const { store, writes, events } = await openStore();
    expect(await store.commit((draft) => draft.put('lease', aLease('old')))).toBeUndefined();
    await store.commit((draft) => draft.remove('lease', 'never'));
    expect([writes, events, store.revision]).toEqual([[], [], 7]);
  });

  it('keeps the object of a record that was put equal', async () => {
    const { store } = await openStore();
    const before = store.view.get('lease', 'old');
    await store.commit((draft) => {
      draft.put('lease', aLease('old'));
      draft.put('lease', aLease('new'));
    });
    expect(store.view.get('lease', 'old')).toBe(before);
  });

  it('refuses an async function, whose draft would be held across an await', async () => {
    const { store, writes } = await openStore();
    await expect(store.commit(async (draft) => draft.put('lease', aLease('a')))).rejects.toMatchObject({ code: 'internal' });
    expect(writes).toEqual([]);
  });

  it('is refused after close, and one under way is finished by it', async () => {
    const { store, writes } = await openStore();
    const last = store.commit(put('a'));
    await store.close();
    await last;
    expect(writes).toHaveLength(1);
    await expect(store.commit(put('b'))).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('may be made by a subscriber of another one', async () => {
    const { store, events } = await openStore();
    let follow: Promise<void> | undefined;
    store.subscribe(() => {
      follow ??= store.commit(put('b'));
    });
    await store.commit(put('a'));
    await follow;
    expect(events.map(({ revision }) => revision)).toEqual([8, 9]);
  });
});

describe('subscribers', () => {
  it('are called after the view changed, and one that fails does not stop the others', async () => {
    const messages: string[] = [];
    const { store } = await openStore((message) => messages.push(message));
    const seen: unknown[] = [];
    store.subscribe(() => {
      throw new Error('broken');
    });
    const stop = store.subscribe(() => seen.push(store.view.get('lease', 'a')));
    await store.commit(put('a'));
    stop();
    await store.commit(put('b'));
    expect(seen).toEqual([aLease('a')]);
    expect(messages).toHaveLength(2);
  });
});

describe('since', () => {
  it('replays commits but not what was only shown', async () => {
    const { store, events } = await openStore();
    await store.commit(put('a'));
    store.showVolatile('lease', aLease('a', 'shown'));
    await store.commit(put('b'));
    expect(store.since(7)?.map(({ revision }) => revision)).toEqual([8, 9]);
    expect(store.since(6)).toBeNull();
    expect(events.map(({ revision }) => revision)).toEqual([8, 8, 9]);
  });
});

describe('showVolatile', () => {
  it('shows a record at once and writes it with the next commit of it only', async () => {
    const { store, writes } = await openStore();
    store.showVolatile('entity', anEntity({ id: 'web', name: 'shown' }));
    expect(store.view.entitiesOf('shop').map(({ name }) => name)).toEqual(['shown']);
    expect(writes).toEqual([]);
    await store.commit((draft) => draft.put('entity', anEntity({ id: 'web', name: 'shown' })));
    expect(writes).toHaveLength(1);
  });
});
