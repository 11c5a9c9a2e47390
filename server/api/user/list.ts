import type { UserView } from '../../ports/auth.ts';
import { answerList } from '../answer.ts';
import { nothing } from '../inputs.ts';
import { onSystem } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const list = procedure({ permission: 'administer', scope: onSystem, input: nothing, summary: 'Users', rest: 'GET /users' })
  .output(answerList<UserView>('Users with their roles'))
  .query(({ ctx }) => ctx.services.auth.listUsers());
