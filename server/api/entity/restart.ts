import { z } from 'zod';
import { restartEntity } from '../../engine/commands/entity-effectors.ts';
import { taskAnswer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { userCause } from '../user-cause.ts';
import { requireCloudsOf } from './require-clouds.ts';

export const restart = procedure({
  permission: 'operate',
  scope: onEntity,
  input: z.strictObject({ entityId: idOf<'entity'>() }),
  summary: 'Stop and start an entity and all below it',
  rest: 'POST /entities/{entityId}/restart',
})
  .output(taskAnswer)
  .mutation(({ ctx: { services, principal }, input }) => {
    requireCloudsOf(principal, services.engine.store.view, input.entityId);
    return restartEntity(services.engine, userCause(principal), input);
  });
