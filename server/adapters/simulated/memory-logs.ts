import type { SensorHistory, TaskLogLine, TaskLogStore } from '../../ports/store.ts';

export function createMemoryTaskLogs(): TaskLogStore {
  const logs = new Map<string, TaskLogLine[]>();
  return {
    append: (taskId, lines) => void logs.set(taskId, [...(logs.get(taskId) ?? []), ...lines]),
    read: (taskId, after, limit) => Promise.resolve((logs.get(taskId) ?? []).filter((line) => line.n > after).slice(0, limit)),
    flush: () => Promise.resolve(),
  };
}

/** Keeps nothing. */
export function createNoHistory(): SensorHistory {
  return { record: () => undefined, read: () => Promise.resolve([]), forget: () => undefined, flush: () => Promise.resolve() };
}
