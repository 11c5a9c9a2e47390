import { z } from 'zod';
import { cancelDrain as cancel } from '../../engine/commands/hosts/drain-host.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onHost } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const cancelDrain = procedure({
  permission: 'operate',
  scope: onHost,
  input: z.strictObject({ hostId: idOf<'host'>() }),
  summary: 'Move no more away from a host; it stays cordoned',
  rest: 'DELETE /hosts/{hostId}/drain',
})
  .output(answer<{ readonly ok: true }>('Done'))
  .mutation(async ({ ctx, input }) => {
    await cancel(ctx.services.engine, input);
    return { ok: true as const };
  });
