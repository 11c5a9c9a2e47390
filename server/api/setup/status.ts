import { answer } from '../answer.ts';
import { nothing } from '../inputs.ts';
import { publicProcedure } from '../trpc.ts';

export const status = publicProcedure('setup.status', {
  input: nothing,
  summary: 'Whether the first administrator has yet to be made',
  rest: 'GET /setup',
})
  .output(answer<{ readonly needed: boolean }>('True until the first administrator exists'))
  .query(async ({ ctx }) => ({ needed: await ctx.services.auth.setupNeeded() }));
