import type { Task } from '../../domain/entity/task.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { TaskId } from '../../domain/shared/ids.ts';
import type { EngineContext } from '../engine-context.ts';
import { untilChanged } from './until-changed.ts';

export interface TaskWait {
  readonly taskId: TaskId;
  readonly signal: AbortSignal;
  readonly atMostMs?: number;
}

/** The task once it does not run any more; as it is then where the time is over or the signal aborts. Undefined: there is none. */
export async function taskEnd(
  { store, clock }: Pick<EngineContext, 'store' | 'clock'>,
  { taskId, ...wait }: TaskWait,
): Promise<Task | undefined> {
  const task = () => store.view.get('task', taskId);
  await untilChanged({ store, clock, isChanged: () => task()?.status !== 'running', ...wait });
  return task();
}

/** @throws ClockerError conflict: it has not ended well; `what` is what was called */
export function requireDone(task: Task | undefined, what: string): void {
  if (task?.status === 'done') return;
  const how = task?.status === 'running' ? 'has not ended in time' : `was ${task?.status ?? 'lost'}`;
  throw new ClockerError('conflict', { message: task?.error?.message ?? `${task?.name ?? what} ${how}` });
}
