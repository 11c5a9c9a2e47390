import type { UserView } from '../../ports/auth.ts';
import { answer } from '../answer.ts';
import { bindings, newUser } from '../inputs.ts';
import { onSystem } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const create = procedure({
  permission: 'administer',
  scope: onSystem,
  input: newUser.extend({ bindings }),
  summary: 'Make a user with roles',
  rest: 'POST /users',
})
  .output(answer<UserView>('The new user'))
  .mutation(({ ctx, input }) => ctx.services.auth.createUser(input));
