import { z } from 'zod';
import { updateNetwork } from '../../engine/commands/networks/update-network.ts';
import { answer } from '../answer.ts';
import { networkChoices, networkId } from '../inputs.ts';
import { onNetwork } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const update = procedure({
  permission: 'operate',
  scope: onNetwork,
  input: z.strictObject({ networkId, ...networkChoices }),
  summary: 'Change a network of a cloud: addresses and way out only while no container is on it',
  rest: 'PATCH /networks/{networkId}',
})
  .output(answer<{ readonly ok: true }>('Done'))
  .mutation(async ({ ctx, input }) => {
    await updateNetwork(ctx.services.engine, input);
    return { ok: true as const };
  });
