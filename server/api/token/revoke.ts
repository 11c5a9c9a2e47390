import { z } from 'zod';
import { answer } from '../answer.ts';
import { id } from '../inputs.ts';
import { signedInProcedure } from '../trpc.ts';

export const revoke = signedInProcedure({
  input: z.strictObject({ tokenId: id }),
  summary: 'Revoke one of the caller’s API tokens',
  rest: 'DELETE /tokens/{tokenId}',
})
  .output(answer<{ readonly ok: true }>('Revoked'))
  .mutation(async ({ ctx, input }) => {
    await ctx.services.auth.revokeToken(ctx.principal.userId, input.tokenId);
    return { ok: true as const };
  });
