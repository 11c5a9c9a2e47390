import { z } from 'zod';
import { invokeEffector } from '../../engine/commands/invoke-effector.ts';
import { taskAnswer } from '../answer.ts';
import { idOf, json } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { userCause } from '../user-cause.ts';
import { requireCloudsOf } from './require-clouds.ts';

export const effector = procedure({
  permission: 'operate',
  scope: onEntity,
  input: z.strictObject({
    entityId: idOf<'entity'>(),
    effector: z.string().min(1).max(100),
    parameters: z.record(z.string(), json).default({}),
  }),
  summary: 'Call an effector of an entity by its name',
  rest: 'POST /entities/{entityId}/effectors',
})
  .output(taskAnswer)
  .mutation(({ ctx: { services, principal }, input }) => {
    requireCloudsOf(principal, services.engine.store.view, input.entityId);
    return invokeEffector(services.engine, userCause(principal), input);
  });
