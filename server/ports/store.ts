import type { TaskId } from '../domain/shared/ids.ts';
import type { Kind, RecordReader, Records } from '../domain/shared/records.ts';

/**
 * The one place where components meet. Records live in memory, every commit is durable before anybody sees it.
 * One process leads (file lock on SQLite, lease row on Postgres), so memory is the truth.
 */
export interface Store {
  /** Current records. Objects are immutable: a commit replaces them, so `===` tells whether something changed. */
  readonly view: StoreView;
  /** Number of the last commit; also stream id and cache version. Grows by one a commit, survives restarts. */
  readonly revision: number;

  /**
   * Runs `change` synchronously on a draft over the current records, writes what it changed in one durable transaction, then
   * applies it to `view` and tells subscribers. Nothing is applied when `change` throws. Concurrent calls are grouped into
   * one transaction, each isolated: a thrown error fails only its own caller. A draft that changes nothing commits nothing.
   * @throws ClockerError store.full | store.locked | store.corrupt
   */
  commit<T>(change: (draft: Draft) => T): Promise<T>;

  /** Runs `change` on a draft that is thrown away: what would be, without anything happening. */
  preview<T>(change: (draft: Draft) => T): T;

  /** Shows a record to subscribers and `view` without making it durable (task progress). Lost on restart, by design. */
  showVolatile<K extends Kind>(kind: K, record: Records[K]): void;

  /** Called after each commit, in order, with what changed. Returns the unsubscribe function. */
  subscribe(listener: (event: ChangeEvent) => void): () => void;

  /** Events after `revision`, oldest first; null when it is too far back and a snapshot is needed. */
  since(revision: number): readonly ChangeEvent[] | null;

  close(): Promise<void>;
}

export interface StoreView extends RecordReader {
  /** By an index kept in memory. */
  instancesOf(entityId: string): readonly Records['instance'][];
  instancesOn(hostId: string): readonly Records['instance'][];
  childrenOf(entityId: string): readonly Records['entity'][];
  entitiesOf(applicationId: string): readonly Records['entity'][];
  adjunctsOf(entityId: string): readonly Records['adjunct'][];
  hostsOf(cloudId: string): readonly Records['host'][];
}

export interface Draft extends StoreView {
  put<K extends Kind>(kind: K, record: Records[K]): void;
  remove<K extends Kind>(kind: K, id: string): void;
}

export interface Change {
  readonly kind: Kind;
  readonly id: string;
  /** Null when removed. */
  readonly record: Records[Kind] | null;
}

export interface ChangeEvent {
  readonly revision: number;
  readonly changes: readonly Change[];
}

/** Append-only logs that do not live in memory. */
export interface TaskLogStore {
  /** Lines are grouped and written within a second. */
  append(taskId: TaskId, lines: readonly TaskLogLine[]): void;
  read(taskId: TaskId, after: number, limit: number): Promise<readonly TaskLogLine[]>;
  flush(): Promise<void>;
}

export interface TaskLogLine {
  /** Counted from 1 in each task. */
  readonly n: number;
  readonly at: number;
  readonly stream: 'stdout' | 'stderr' | 'info';
  readonly text: string;
}

export interface AuditEntry {
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly scope: string;
  readonly outcome: 'ok' | 'denied' | 'failed';
  /** Inputs without secrets. */
  readonly detail: string;
  readonly remote: string;
}

export interface AuditLog {
  append(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  list(options: { readonly before: number | null; readonly limit: number }): Promise<readonly (AuditEntry & { readonly id: number })[]>;
}

/** Numeric sensors over time: 1-s samples for 15 minutes, 1-minute means for a day, 1-hour means for 30 days. */
export interface SensorHistory {
  record(samples: readonly SensorSample[]): void;
  /** Points in [fromMs, toMs], oldest first, at the finest tier that covers `fromMs`. */
  read(query: {
    readonly subjectId: string;
    readonly sensor: string;
    readonly fromMs: number;
    readonly toMs: number;
  }): Promise<readonly { readonly at: number; readonly value: number }[]>;
  forget(subjectId: string): void;
  flush(): Promise<void>;
}

export interface SensorSample {
  /** Entity or host id. */
  readonly subjectId: string;
  readonly sensor: string;
  readonly at: number;
  readonly value: number;
}
