import { z } from 'zod';
import { setUpHost } from '../../engine/commands/hosts/set-up-host.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onHost } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const setUp = procedure({
  permission: 'administer',
  scope: onHost,
  input: z.strictObject({ hostId: idOf<'host'>() }),
  summary: 'Install Docker Engine on a host where it is missing, and configure it; or try that again',
  rest: 'POST /hosts/{hostId}/set-up',
})
  .output(answer<{ readonly ok: true }>('It begins at once; the host tells how far it is'))
  .mutation(async ({ ctx, input }) => {
    await setUpHost(ctx.services.engine, input);
    return { ok: true as const };
  });
