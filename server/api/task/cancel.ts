import { z } from 'zod';
import { cancelTask } from '../../engine/commands/cancel-task.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onTask } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const cancel = procedure({
  permission: 'operate',
  scope: onTask,
  input: z.strictObject({ taskId: idOf<'task'>() }),
  summary: 'Cancel a running task; what is up already stays',
  rest: 'POST /tasks/{taskId}/cancel',
})
  .output(answer<{ readonly ok: true }>('Cancelled'))
  .mutation(async ({ ctx: { services }, input }) => {
    await cancelTask(services.engine, input);
    return { ok: true as const };
  });
