import { z } from 'zod';
import { checkRegistry, type LoginSeen } from '../../engine/commands/registries/check-registry.ts';
import { answerList } from '../answer.ts';
import { registryAddress } from '../inputs.ts';
import { onSystem } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const check = procedure({
  permission: 'administer',
  scope: onSystem,
  input: z.strictObject({ address: registryAddress }),
  summary: 'Have the engines of the hosts that are ready log in to a registry with what is kept for it',
  rest: 'POST /registries/check',
})
  .output(answerList<LoginSeen>('What each host says'))
  .mutation(({ ctx, input, signal }) => checkRegistry(ctx.services.engine, input.address, signal === undefined ? {} : { signal }));
