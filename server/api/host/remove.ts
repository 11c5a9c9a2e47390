import { z } from 'zod';
import { removeHost } from '../../engine/commands/hosts/remove-host.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onHost } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const remove = procedure({
  permission: 'administer',
  scope: onHost,
  input: z.strictObject({ hostId: idOf<'host'>() }),
  summary: 'Take a host out of its cloud; refused while it has containers or data of ours',
  rest: 'DELETE /hosts/{hostId}',
})
  .output(answer<{ readonly ok: true }>('Removed'))
  .mutation(async ({ ctx, input }) => {
    await removeHost(ctx.services.engine, input);
    return { ok: true as const };
  });
