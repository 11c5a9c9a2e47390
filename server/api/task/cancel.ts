import { z } from 'zod';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { TaskId } from '../../domain/shared/ids.ts';
import { answer } from '../answer.ts';
import { id } from '../inputs.ts';
import { onTask } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const cancel = procedure({
  permission: 'operate',
  scope: onTask,
  input: z.strictObject({ taskId: id }),
  summary: 'Cancel a running task',
  rest: 'POST /tasks/{taskId}/cancel',
})
  .output(answer<{ readonly ok: true }>('Cancelled'))
  .mutation(({ ctx: { services }, input }) => {
    if (services.engine.tasks.cancel(input.taskId as TaskId)) return { ok: true as const };
    throw new ClockerError('conflict', { message: 'The task does not run any more', hint: 'Look at its outcome instead.' });
  });
