import { z } from 'zod';
import type { TokenView } from '../../ports/auth.ts';
import { answer } from '../answer.ts';
import { displayName, role, scope } from '../inputs.ts';
import { signedInProcedure } from '../trpc.ts';

export interface NewToken {
  /** Shown this once. */
  readonly token: string;
  readonly view: TokenView;
}

export const create = signedInProcedure({
  input: z.strictObject({
    name: displayName,
    role,
    scope,
    expiresInDays: z.number().int().min(1).max(365),
  }),
  summary: 'Make an API token that may do at most what its owner may',
  rest: 'POST /tokens',
})
  .output(answer<NewToken>('The token, shown this once'))
  .mutation(({ ctx, input }) => ctx.services.auth.createToken({ ...input, userId: ctx.principal.userId }));
