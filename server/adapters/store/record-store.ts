import { ClockerError, toErrorView } from '../../domain/shared/clocker-error.ts';
import type { Records } from '../../domain/shared/records.ts';
import type { Log } from '../../ports/log.ts';
import type { Change, ChangeEvent, Draft, Store } from '../../ports/store.ts';
import { EventRing, RING_LIMITS, type RingLimits } from './event-ring.ts';
import { InstanceLots } from './instance-lots.ts';
import { planWrite } from './plan-write.ts';
import { readRecords } from './read-records.ts';
import type { RecordDatabase } from './record-database.ts';
import { RecordOverlay } from './record-overlay.ts';
import { RecordTables } from './record-tables.ts';
import { deepFreeze } from './same-json.ts';
import { SpecPool } from './spec-pool.ts';

/** A group is closed when it holds this many changed records, so that one transaction stays short. */
const GROUP_RECORDS = 2000;

export interface RecordStoreOptions {
  readonly database: RecordDatabase;
  readonly log: Log;
  /** Freezes every record that enters memory, so that a writer to a shared record fails at once. For tests. */
  readonly freeze: boolean;
  readonly ring?: RingLimits;
}

interface Waiting {
  change(draft: Draft): unknown;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/**
 * Records in memory over a durable database.
 *
 * Commits made while a transaction is in flight, or in the same turn of the event loop, form a group: each runs alone on its own
 * draft over what those before it did, one transaction writes them all, then `view` changes, the revision grows by one, and one
 * event goes out. When the transaction fails, the whole group fails and memory stays as it was.
 *
 * `showVolatile` changes `view` and sends an event with the current revision, which `since` does not replay: a client that comes
 * back has the last durable state, and the next event of that record brings it up to date.
 */
export async function createRecordStore({ database, log, freeze, ring: limits = RING_LIMITS }: RecordStoreOptions): Promise<Store> {
  const tables = new RecordTables();
  const ring = new EventRing(limits);
  const listeners = new Set<(event: ChangeEvent) => void>();
  const loaded = await database.load();
  const specs = new SpecPool(loaded.specs);
  const lots = new InstanceLots();
  await readRecords(loaded, {
    specs,
    lots,
    put: (kind, record) => tables.apply(kind, record.id, freeze ? deepFreeze(record) : record, 'durable'),
  });

  /** Forgotten, and to go with the next transaction. */
  let unusedSpecs = specs.sweep(tables.all('instance').values());
  let revision = loaded.revision;
  let queue: Waiting[] = [];
  let flushing: Promise<void> | null = null;
  let closed = false;

  function tell(event: ChangeEvent): void {
    for (const listener of [...listeners]) {
      try {
        listener(event);
      } catch (error) {
        log.error('a store subscriber failed', { revision: event.revision, error: toErrorView(error) });
      }
    }
  }

  async function writeGroup(): Promise<void> {
    const group = new RecordOverlay(tables);
    const accepted: { readonly waiting: Waiting; readonly result: unknown }[] = [];
    let taken = 0;
    for (const waiting of queue) {
      if (group.size >= GROUP_RECORDS) break;
      taken += 1;
      try {
        accepted.push({ waiting, result: runAlone(group, waiting) });
      } catch (error) {
        waiting.reject(error);
      }
    }
    queue = queue.slice(taken);
    try {
      await makeDurable(group.changes());
    } catch (error) {
      for (const { waiting } of accepted) waiting.reject(error);
      return;
    }
    for (const { waiting, result } of accepted) waiting.resolve(result);
  }

  async function makeDurable(changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    if (specs.isLarge) unusedSpecs = [...unusedSpecs, ...specs.sweep(tables.all('instance').values())];
    const write = planWrite(changes, { tables, specs, lots });
    await database.write({ revision: revision + 1, unusedSpecs, ...write });
    specs.keep(write.specs);
    lots.keep(write.lots);
    unusedSpecs = [];
    revision += 1;
    for (const { kind, id, record } of write.applied) tables.apply(kind, id, freeze ? deepFreeze(record) : record, 'durable');
    const event: ChangeEvent = { revision, changes: write.applied };
    ring.add(event, write.bytes);
    tell(event);
  }

  async function flush(): Promise<void> {
    while (queue.length > 0) {
      await writeGroup();
      await nextTurn();
    }
    flushing = null;
  }

  function showVolatile<K extends keyof Records>(kind: K, record: Records[K]): void {
    tables.apply(kind, record.id, freeze ? deepFreeze(record) : record, 'volatile');
    tell({ revision, changes: [{ kind, id: record.id, record }] });
  }

  return {
    view: tables,
    get revision() {
      return revision;
    },
    commit<T>(change: (draft: Draft) => T): Promise<T> {
      if (closed) return Promise.reject(new ClockerError('cancelled', { message: 'The store is closed: Clocker is shutting down' }));
      return new Promise<T>((resolve, reject) => {
        queue.push({ change, resolve: (result) => resolve(result as T), reject });
        flushing ??= nextTurn().then(flush);
      });
    },
    preview: (change) => change(new RecordOverlay(tables)),
    showVolatile,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    since: (from) => ring.since(from, revision),
    async close() {
      closed = true;
      await flushing;
    },
  };
}

/** Runs one change on a draft of its own; what it did joins the group only when it did not throw. */
function runAlone(group: RecordOverlay, { change }: Waiting): unknown {
  const draft = new RecordOverlay(group);
  const result = runAndClose(draft, change);
  if (result instanceof Promise) {
    throw new ClockerError('internal', { message: 'A commit was given an async function: no draft may be held across an await' });
  }
  group.absorb(draft);
  return result;
}

function runAndClose(draft: RecordOverlay, change: (draft: Draft) => unknown): unknown {
  try {
    return change(draft);
  } finally {
    draft.close();
  }
}

/** After all that is ready to run in this turn: callers of the same moment join one group. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
