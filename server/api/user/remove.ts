import { z } from 'zod';
import { answer } from '../answer.ts';
import { id } from '../inputs.ts';
import { onSystem } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const remove = procedure({
  permission: 'administer',
  scope: onSystem,
  input: z.strictObject({ userId: id }),
  summary: 'Remove a user with all sessions and tokens',
  rest: 'DELETE /users/{userId}',
})
  .output(answer<{ readonly ok: true }>('Done'))
  .mutation(async ({ ctx, input }) => {
    await ctx.services.auth.removeUser(input.userId);
    return { ok: true as const };
  });
