import { z } from 'zod';
import { removeCredential } from '../../engine/commands/hosts/remove-credential.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onSystem } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const remove = procedure({
  permission: 'administer',
  scope: onSystem,
  input: z.strictObject({ credentialId: idOf<'credential'>() }),
  summary: 'Remove a credential that no host uses',
  rest: 'DELETE /credentials/{credentialId}',
})
  .output(answer<{ readonly ok: true }>('Removed'))
  .mutation(async ({ ctx, input }) => {
    await removeCredential(ctx.services.engine, input);
    return { ok: true as const };
  });
