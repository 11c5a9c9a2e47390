import { z } from 'zod';
import type { Task } from '../../domain/entity/task.ts';
import { mayOn } from '../access.ts';
import { answerList } from '../answer.ts';
import { id } from '../inputs.ts';
import { anywhere, taskChain } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const list = procedure({
  permission: 'read',
  scope: anywhere,
  input: z.strictObject({
    applicationId: id.optional(),
    entityId: id.optional(),
    hostId: id.optional(),
    limit: z.number().int().min(1).max(1_000).default(100),
  }),
  summary: 'Tasks that the caller may read, of one application, entity or host where asked',
  rest: 'GET /tasks',
})
  .output(answerList<Task>('Tasks, newest first'))
  .query(({ ctx: { principal, services }, input }) => {
    const { view } = services.engine.store;
    return [...view.all('task').values()]
      .filter((task) => input.applicationId === undefined || task.applicationId === input.applicationId)
      .filter((task) => input.entityId === undefined || task.entityId === input.entityId)
      .filter((task) => input.hostId === undefined || task.hostId === input.hostId)
      .filter((task) => mayOn(principal, 'read', taskChain(view, task)))
      .sort((a, b) => b.startedAt - a.startedAt)
      .slice(0, input.limit);
  });
