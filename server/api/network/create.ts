import { z } from 'zod';
import { createNetwork } from '../../engine/commands/networks/create-network.ts';
import { answer } from '../answer.ts';
import { idOf, networkChoices, slug } from '../inputs.ts';
import { onCloud } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const create = procedure({
  permission: 'operate',
  scope: onCloud,
  input: z.strictObject({ cloudId: idOf<'cloud'>(), name: slug, ...networkChoices }),
  summary: 'Make a network of a cloud, which stays until it is deleted and which applications join by its name',
  rest: 'POST /clouds/{cloudId}/networks',
})
  .output(answer<{ readonly networkId: string }>('The new network'))
  .mutation(({ ctx, input }) => createNetwork(ctx.services.engine, input));
