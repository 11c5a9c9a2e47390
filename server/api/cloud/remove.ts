import { z } from 'zod';
import { removeCloud } from '../../engine/commands/hosts/remove-cloud.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onCloud } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const remove = procedure({
  permission: 'administer',
  scope: onCloud,
  input: z.strictObject({ cloudId: idOf<'cloud'>() }),
  summary: 'Remove a cloud without hosts and applications',
  rest: 'DELETE /clouds/{cloudId}',
})
  .output(answer<{ readonly ok: true }>('Removed'))
  .mutation(async ({ ctx, input }) => {
    await removeCloud(ctx.services.engine, input);
    return { ok: true as const };
  });
