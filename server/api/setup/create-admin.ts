import { z } from 'zod';
import { answer } from '../answer.ts';
import { newUser } from '../inputs.ts';
import { publicProcedure } from '../trpc.ts';

export const createAdmin = publicProcedure('setup.createAdmin', {
  input: newUser.extend({ token: z.string().min(1).max(200) }),
  summary: 'Make the first administrator with the one-time token that the server printed',
  rest: 'POST /setup',
})
  .output(answer<{ readonly ok: true }>('Done'))
  .mutation(async ({ ctx, input }) => {
    await ctx.services.auth.createFirstAdmin(input);
    return { ok: true };
  });
