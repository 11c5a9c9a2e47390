import type { TaskId } from '../domain/shared/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { TaskLogLine, TaskLogStore } from '../ports/store.ts';

export interface TaskLines {
  append(taskId: TaskId, stream: TaskLogLine['stream'], text: string): void;
  has(taskId: TaskId): boolean;
  /** No more lines will come. */
  end(taskId: TaskId): void;
  follow(taskId: TaskId, signal: AbortSignal, isRunning: () => boolean): AsyncIterable<TaskLogLine>;
}

const PAGE = 1_000;

/** Log lines of running tasks: numbered, handed to the log store, and to those who follow. */
export function createTaskLines(taskLogs: TaskLogStore, clock: Clock): TaskLines {
  const counts = new Map<TaskId, number>();
  const wakers = new Map<TaskId, Set<() => void>>();

  function wake(taskId: TaskId): void {
    for (const waker of wakers.get(taskId) ?? []) waker();
  }

  async function nextChange(taskId: TaskId, signal: AbortSignal): Promise<void> {
    const waiting = wakers.get(taskId) ?? new Set();
    wakers.set(taskId, waiting);
    await new Promise<void>((resolve) => {
      const done = (): void => {
        waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      waiting.add(done);
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    });
    if (waiting.size === 0) wakers.delete(taskId);
  }

  return {
    append(taskId, stream, text) {
      const n = (counts.get(taskId) ?? 0) + 1;
      counts.set(taskId, n);
      taskLogs.append(taskId, [{ n, at: clock.now(), stream, text }]);
      wake(taskId);
    },
    has: (taskId) => counts.has(taskId),
    end(taskId) {
      counts.delete(taskId);
      wake(taskId);
    },
    async *follow(taskId, signal, isRunning) {
      let seen = 0;
      while (!signal.aborted) {
        const running = isRunning();
        const before = counts.get(taskId) ?? 0;
        await taskLogs.flush();
        const lines = await taskLogs.read(taskId, seen, PAGE);
        for (const line of lines) {
          yield line;
          seen = line.n;
        }
        if (lines.length === PAGE) continue;
        if (!running) return;
        if ((counts.get(taskId) ?? 0) === before && isRunning()) await nextChange(taskId, signal);
      }
    },
  };
}
