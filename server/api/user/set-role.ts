import { z } from 'zod';
import { answer } from '../answer.ts';
import { bindings, id } from '../inputs.ts';
import { onSystem } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const setRole = procedure({
  permission: 'administer',
  scope: onSystem,
  input: z.strictObject({ userId: id, bindings }),
  summary: 'Replace a user’s roles',
  rest: 'PUT /users/{userId}/roles',
})
  .output(answer<{ readonly ok: true }>('Done'))
  .mutation(async ({ ctx, input }) => {
    await ctx.services.auth.setBindings(input.userId, input.bindings);
    return { ok: true as const };
  });
