import type { Draft } from '../ports/store.ts';

/** Ended tasks beyond this number are forgotten, oldest first. */
const KEPT_TASKS = 2_000;
/** Pruned in lots, so that most commits do not prune. */
const LOT = 200;

export function pruneTasks(draft: Draft): void {
  const tasks = draft.all('task');
  if (tasks.size <= KEPT_TASKS + LOT) return;
  const ended = [...tasks.values()].filter((task) => task.status !== 'running').sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const task of ended.slice(0, tasks.size - KEPT_TASKS)) draft.remove('task', task.id);
}

/** Tasks of steps that the last process did not end. Effector tasks stay open: the controllers finish them. */
export function interruptTasks(draft: Draft, now: number): void {
  for (const task of draft.all('task').values()) {
    if (task.status === 'running' && task.effect === null)
      draft.put('task', { ...task, status: 'interrupted', endedAt: now, progress: null });
  }
}
