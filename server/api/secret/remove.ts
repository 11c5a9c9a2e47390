import { z } from 'zod';
import { removeSecret } from '../../engine/commands/secrets/remove-secret.ts';
import { answer } from '../answer.ts';
import { secretKey } from '../inputs.ts';
import { onSystem } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const remove = procedure({
  permission: 'administer',
  scope: onSystem,
  input: z.strictObject(secretKey),
  summary: 'Remove a secret that nothing reads',
  rest: 'DELETE /secrets/item',
})
  .output(answer<{ readonly ok: true }>('Removed'))
  .mutation(async ({ ctx, input }) => {
    await removeSecret(ctx.services.engine, input);
    return { ok: true as const };
  });
