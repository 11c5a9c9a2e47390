import { z } from 'zod';
import { deleteNetwork } from '../../engine/commands/networks/delete-network.ts';
import { answer } from '../answer.ts';
import { networkId } from '../inputs.ts';
import { onNetwork } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const remove = procedure({
  permission: 'operate',
  scope: onNetwork,
  input: z.strictObject({ networkId }),
  summary: 'Delete a network of a cloud; refused with the containers that are on it',
  rest: 'DELETE /networks/{networkId}',
})
  .output(answer<{ readonly ok: true }>('It goes once the last host has let go of it'))
  .mutation(async ({ ctx, input }) => {
    await deleteNetwork(ctx.services.engine, input);
    return { ok: true as const };
  });
