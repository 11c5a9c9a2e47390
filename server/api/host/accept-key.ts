import { z } from 'zod';
import { acceptHostKey } from '../../engine/commands/hosts/accept-host-key.ts';
import { answer } from '../answer.ts';
import { hostKey, idOf } from '../inputs.ts';
import { onHost } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const acceptKey = procedure({
  permission: 'administer',
  scope: onHost,
  input: z.strictObject({ hostId: idOf<'host'>(), hostKey }),
  summary: 'Pin another key for a host, after a person has compared it',
  rest: 'POST /hosts/{hostId}/key',
})
  .output(answer<{ readonly ok: true }>('Done'))
  .mutation(async ({ ctx, input }) => {
    await acceptHostKey(ctx.services.engine, input);
    return { ok: true as const };
  });
