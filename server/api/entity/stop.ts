import { z } from 'zod';
import { stopEntity } from '../../engine/commands/entity-effectors.ts';
import { taskAnswer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { userCause } from '../user-cause.ts';
import { requireCloudsOf } from './require-clouds.ts';

export const stop = procedure({
  permission: 'operate',
  scope: onEntity,
  input: z.strictObject({ entityId: idOf<'entity'>() }),
  summary: 'Stop an entity and all below it; containers and data stay',
  rest: 'POST /entities/{entityId}/stop',
})
  .output(taskAnswer)
  .mutation(({ ctx: { services, principal }, input }) => {
    requireCloudsOf(principal, services.engine.store.view, input.entityId);
    return stopEntity(services.engine, userCause(principal), input);
  });
