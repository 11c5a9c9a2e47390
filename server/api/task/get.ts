import { z } from 'zod';
import type { Task } from '../../domain/entity/task.ts';
import { answer } from '../answer.ts';
import { missing } from '../error-map.ts';
import { id } from '../inputs.ts';
import { onTask } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const get = procedure({
  permission: 'read',
  scope: onTask,
  input: z.strictObject({ taskId: id }),
  summary: 'One task',
  rest: 'GET /tasks/{taskId}',
})
  .output(answer<Task>('The task'))
  .query(({ ctx: { services }, input }) => {
    const task = services.engine.store.view.get('task', input.taskId);
    if (!task) throw missing();
    return task;
  });
