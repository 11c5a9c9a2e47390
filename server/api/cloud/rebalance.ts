import { z } from 'zod';
import type { TaskId } from '../../domain/shared/ids.ts';
import { rebalanceCloud } from '../../engine/commands/hosts/rebalance-cloud.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { entityChain, onCloud } from '../scopes.ts';
import { procedure, requireScopes } from '../trpc.ts';
import { userCause } from '../user-cause.ts';

export const rebalance = procedure({
  permission: 'operate',
  scope: onCloud,
  input: z.strictObject({
    cloudId: idOf<'cloud'>(),
    moves: z
      .array(z.strictObject({ entityId: idOf<'entity'>(), toHostId: idOf<'host'>() }))
      .min(1)
      .max(100),
  }),
  summary: 'Move containers of a cloud to other hosts; needs to operate the applications that they are of too',
  rest: 'POST /clouds/{cloudId}/rebalance',
})
  .output(answer<{ readonly taskId: TaskId }>('The task that ends once the last has moved'))
  .mutation(async ({ ctx: { services, principal }, input }) => {
    const { engine } = services;
    for (const { entityId } of input.moves) {
      const chain = entityChain(engine.store.view, entityId);
      requireScopes(principal, 'operate', chain && [chain]);
    }
    return await rebalanceCloud(engine, userCause(principal), input);
  });
