import { z } from 'zod';
import type { TaskId } from '../../domain/shared/ids.ts';
import type { TaskLogLine } from '../../ports/store.ts';
import { id } from '../inputs.ts';
import { onTask } from '../scopes.ts';
import { procedure } from '../trpc.ts';

/** Kept lines first, then new ones until the task ends. */
export const log = procedure({
  permission: 'read',
  scope: onTask,
  input: z.strictObject({ taskId: id }),
  summary: 'Lines of a task’s log',
}).subscription(async function* ({ ctx: { services }, input, signal }): AsyncGenerator<TaskLogLine, void> {
  const ended = signal ?? new AbortController().signal;
  yield* services.engine.tasks.follow(input.taskId as TaskId, ended);
});
