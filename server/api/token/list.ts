import type { TokenView } from '../../ports/auth.ts';
import { answerList } from '../answer.ts';
import { nothing } from '../inputs.ts';
import { signedInProcedure } from '../trpc.ts';

export const list = signedInProcedure({ input: nothing, summary: 'The caller’s API tokens', rest: 'GET /tokens' })
  .output(answerList<TokenView>('Tokens, without their secrets'))
  .query(({ ctx }) => ctx.services.auth.listTokens(ctx.principal.userId));
