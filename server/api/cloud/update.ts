import { z } from 'zod';
import { updateCloud } from '../../engine/commands/hosts/update-cloud.ts';
import { answer } from '../answer.ts';
import { idOf, networking, portPool, slug, strategyChoice } from '../inputs.ts';
import { onCloud } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const update = procedure({
  permission: 'administer',
  scope: onCloud,
  input: z.strictObject({
    cloudId: idOf<'cloud'>(),
    name: slug.exactOptional(),
    strategies: z.array(strategyChoice).max(20).exactOptional(),
    portPool: portPool.exactOptional(),
    imageRegistry: z.string().max(200).exactOptional(),
    networking: networking.nullable().exactOptional(),
  }),
  summary: 'Change a cloud; counts for placements from now on',
  rest: 'PATCH /clouds/{cloudId}',
})
  .output(answer<{ readonly ok: true }>('Done'))
  .mutation(async ({ ctx, input }) => {
    await updateCloud(ctx.services.engine, input);
    return { ok: true as const };
  });
