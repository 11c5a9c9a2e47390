import { toErrorView } from '../domain/shared/clocker-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { WorkKey, WorkQueue } from './engine-context.ts';

export interface WorkQueueOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Uniform in [0, 1): spreads retries. */
  readonly random: () => number;
  /** Handlers running at once; what they do on a host is limited there. Default 4 096. */
  readonly concurrency?: number;
}

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 60_000;
/** How long running work may go on after `stop` before it is aborted, and then before it is left alone. */
const DRAIN_MS = 2_000;
const ABORT_MS = 500;

type Handler = Parameters<WorkQueue['register']>[1];
type Priority = 'user' | 'normal';

interface Entry {
  running: boolean;
  /** To be run once more when the present run ends. */
  again: Priority | null;
  failures: number;
  retry: (() => void) | null;
  look: { readonly atMs: number; readonly cancel: () => void } | null;
}

/**
 * A set of keys with work to do. A queued key is not queued again, a running key that is enqueued runs once more, one key never runs
 * twice at a time. A handler that throws is tried again after 100 ms … 60 s with full jitter; `user` work does not wait for that.
 */
export function createWorkQueue(options: WorkQueueOptions): WorkQueue {
  const { clock, log, random, concurrency = 4_096 } = options;
  const handlers = new Map<string, Handler>();
  const entries = new Map<WorkKey, Entry>();
  const queued: Record<Priority, Set<WorkKey>> = { user: new Set(), normal: new Set() };
  const aborter = new AbortController();
  const idlers = new Set<() => void>();
  let running = 0;
  let stopped = false;

  function entryOf(key: WorkKey): Entry {
    const known = entries.get(key);
    if (known) return known;
    const entry: Entry = { running: false, again: null, failures: 0, retry: null, look: null };
    entries.set(key, entry);
    return entry;
  }

  function enqueue(key: WorkKey, priority: Priority = 'normal'): void {
    if (stopped) return;
    const entry = entryOf(key);
    if (entry.running) {
      entry.again = priority === 'user' ? 'user' : (entry.again ?? 'normal');
      return;
    }
    if (entry.retry) {
      if (priority === 'normal') return;
      entry.retry();
      entry.retry = null;
    }
    if (queued.user.has(key)) return;
    if (priority === 'user') queued.normal.delete(key);
    if (running < concurrency && queued.user.size + queued.normal.size === 0) start(key, entry);
    else queued[priority].add(key);
    pump();
  }

  function lookAgain(key: WorkKey, atMs: number): void {
    if (stopped) return;
    const entry = entryOf(key);
    if (entry.look && entry.look.atMs <= atMs) return;
    entry.look?.cancel();
    const cancel = clock.after(Math.max(0, atMs - clock.now()), () => {
      entry.look = null;
      enqueue(key);
    });
    entry.look = { atMs, cancel };
  }

  function pump(): void {
    while (!stopped && running < concurrency) {
      const source = queued.user.size > 0 ? queued.user : queued.normal;
      const [key] = source;
      if (key === undefined) return;
      source.delete(key);
      start(key, entryOf(key));
    }
  }

  function start(key: WorkKey, entry: Entry): void {
    running += 1;
    entry.running = true;
    const colon = key.indexOf(':');
    try {
      const work = handlers.get(key.slice(0, colon))?.(key.slice(colon + 1), aborter.signal);
      if (work === undefined) end(key, entry, false);
      else void endAfter(work, key, entry);
    } catch (error) {
      tellFailure(key, error);
      end(key, entry, true);
    }
  }

  async function endAfter(work: Promise<void>, key: WorkKey, entry: Entry): Promise<void> {
    let failed = false;
    try {
      await work;
    } catch (error) {
      tellFailure(key, error);
      failed = true;
    }
    end(key, entry, failed);
    pump();
  }

  function end(key: WorkKey, entry: Entry, failed: boolean): void {
    entry.running = false;
    running -= 1;
    entry.failures = failed ? entry.failures + 1 : 0;
    const again = entry.again;
    entry.again = null;
    if (failed && again !== 'user') retryLater(key, entry);
    else if (again && !stopped) queued[again].add(key);
    else if (isForgettable(entry)) entries.delete(key);
    settle();
  }

  function tellFailure(key: WorkKey, error: unknown): void {
    if (!stopped) log.debug('work failed, to be tried again', { key, error: toErrorView(error) });
  }

  function retryLater(key: WorkKey, entry: Entry): void {
    if (stopped) return;
    const ceiling = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(entry.failures, 20));
    entry.retry = clock.after(Math.ceil(random() * ceiling), () => {
      entry.retry = null;
      enqueue(key);
    });
  }

  function settle(): void {
    if (running > 0 || (!stopped && queued.user.size + queued.normal.size > 0)) return;
    for (const resolve of [...idlers]) resolve();
    idlers.clear();
  }

  async function idle(): Promise<void> {
    const waiting = new Promise<void>((resolve) => idlers.add(resolve));
    settle();
    await waiting;
  }

  return {
    register: (prefix, handler) => void handlers.set(prefix, handler),
    enqueue,
    lookAgain,
    idle,
    async stop() {
      stopped = true;
      for (const entry of entries.values()) {
        entry.retry?.();
        entry.look?.cancel();
      }
      const abort = clock.after(DRAIN_MS, () => aborter.abort());
      const giveUp = new Promise<void>((resolve) => void clock.after(DRAIN_MS + ABORT_MS, resolve));
      await Promise.race([idle(), giveUp]);
      abort();
      aborter.abort();
    },
    get size() {
      return running + queued.user.size + queued.normal.size;
    },
  };
}

function isForgettable(entry: Entry): boolean {
  return !entry.running && !entry.again && !entry.retry && !entry.look && entry.failures === 0;
}
