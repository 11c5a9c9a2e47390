import { z } from 'zod';
import { startEntity } from '../../engine/commands/entity-effectors.ts';
import { taskAnswer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { userCause } from '../user-cause.ts';

export const start = procedure({
  permission: 'operate',
  scope: onEntity,
  input: z.strictObject({ entityId: idOf<'entity'>() }),
  summary: 'Start an entity and all below it',
  rest: 'POST /entities/{entityId}/start',
})
  .output(taskAnswer)
  .mutation(({ ctx: { services, principal }, input }) => startEntity(services.engine, userCause(principal), input));
