import { toErrorView } from '../../domain/shared/clocker-error.ts';
import type { TaskId } from '../../domain/shared/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { TaskLogLine, TaskLogStore } from '../../ports/store.ts';
import type { TelemetryDatabase } from './database-schema.ts';

/** Milliseconds that lines wait for company. */
const GROUP_MS = 250;
const ROWS_PER_STATEMENT = 200;
/** Lines kept in memory while the database refuses; the oldest go first. */
const MAX_WAITING = 50_000;
const KEEP_MS = 30 * 24 * 3600 * 1000;
const PRUNE_MS = 3600 * 1000;

export interface TelemetryOptions {
  readonly db: TelemetryDatabase;
  readonly clock: Clock;
  readonly log: Log;
}

interface Row {
  readonly task_id: string;
  readonly n: number;
  readonly at: number;
  readonly stream: string;
  readonly text: string;
}

export interface ClosableTaskLogs extends TaskLogStore {
  /** Removes the lines of a task. */
  forget(taskId: TaskId): Promise<void>;
}

/** Log lines of tasks, written in groups and kept for 30 days. A line appended twice is kept once. */
export function createTaskLogStore({ db, clock, log }: TelemetryOptions): ClosableTaskLogs {
  let waiting: Row[] = [];
  let cancelTimer: (() => void) | null = null;
  let writing: Promise<void> = Promise.resolve();
  let prunedAt = 0;

  function flush(): Promise<void> {
    cancelTimer?.();
    cancelTimer = null;
    writing = writing.then(async () => {
      const rows = waiting;
      waiting = [];
      try {
        await insert(db, rows);
        await prune();
      } catch (error) {
        waiting = [...rows, ...waiting].slice(-MAX_WAITING);
        log.error('task log lines could not be written; they are kept and tried again', { lines: rows.length, error: toErrorView(error) });
      }
    });
    return writing;
  }

  async function prune(): Promise<void> {
    if (clock.now() - prunedAt < PRUNE_MS) return;
    prunedAt = clock.now();
    await db
      .deleteFrom('task_log')
      .where('at', '<', prunedAt - KEEP_MS)
      .execute();
  }

  return {
    append(taskId, lines) {
      for (const line of lines) waiting.push({ task_id: taskId, n: line.n, at: line.at, stream: line.stream, text: line.text });
      cancelTimer ??= clock.after(GROUP_MS, () => void flush());
    },
    async read(taskId, after, limit) {
      await flush();
      const rows = await db
        .selectFrom('task_log')
        .select(['n', 'at', 'stream', 'text'])
        .where('task_id', '=', taskId)
        .where('n', '>', after)
        .orderBy('n')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ ...row, stream: row.stream as TaskLogLine['stream'] }));
    },
    flush,
    async forget(taskId) {
      await flush();
      await db.deleteFrom('task_log').where('task_id', '=', taskId).execute();
    },
  };
}

async function insert(db: TelemetryDatabase, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  await db.transaction().execute(async (transaction) => {
    for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
      await transaction
        .insertInto('task_log')
        .values(rows.slice(at, at + ROWS_PER_STATEMENT))
        .onConflict((conflict) => conflict.columns(['task_id', 'n']).doNothing())
        .execute();
    }
  });
}
