import { z } from 'zod';
import type { TaskId } from '../../domain/shared/ids.ts';
import { drainHost } from '../../engine/commands/hosts/drain-host.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { hostChain, onHost } from '../scopes.ts';
import { procedure, requireScopes } from '../trpc.ts';
import { userCause } from '../user-cause.ts';

export const drain = procedure({
  permission: 'operate',
  scope: onHost,
  input: z.strictObject({ hostId: idOf<'host'>(), afterwards: z.enum(['keep', 'remove']).default('keep') }),
  summary: 'Move what can leave a host to others; removing it afterwards needs to administer its cloud',
  rest: 'POST /hosts/{hostId}/drain',
})
  .output(answer<{ readonly taskId: TaskId }>('The task that ends once nothing leaves any more'))
  .mutation(async ({ ctx: { services, principal }, input }) => {
    const chain = hostChain(services.engine.store.view, input.hostId);
    if (input.afterwards === 'remove') requireScopes(principal, 'administer', chain && [chain]);
    return await drainHost(services.engine, userCause(principal), input);
  });
