import { z } from 'zod';
import { LARGEST_CLUSTER } from '../../engine/cluster-size.ts';
import { resizeEntity } from '../../engine/commands/entity-effectors.ts';
import { taskAnswer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { userCause } from '../user-cause.ts';
import { requireCloudsOf } from './require-clouds.ts';

export const resize = procedure({
  permission: 'operate',
  scope: onEntity,
  input: z.strictObject({ entityId: idOf<'entity'>(), size: z.number().int().min(0).max(LARGEST_CLUSTER) }),
  summary: 'Give a cluster another number of members',
  rest: 'POST /entities/{entityId}/resize',
})
  .output(taskAnswer)
  .mutation(({ ctx: { services, principal }, input }) => {
    requireCloudsOf(principal, services.engine.store.view, input.entityId);
    return resizeEntity(services.engine, userCause(principal), input);
  });
