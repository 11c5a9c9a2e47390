import { z } from 'zod';
import { suspendAdjunct } from '../../engine/adjuncts/change-adjunct.ts';
import { answer } from '../answer.ts';
import { adjunctRef } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { userCause } from '../user-cause.ts';

export const suspend = procedure({
  permission: 'operate',
  scope: onEntity,
  input: z.strictObject({ ...adjunctRef, why: z.string().max(500).default('') }),
  summary: 'Have a policy look on and do nothing; it goes on to say what it would do',
  rest: 'POST /entities/{entityId}/adjuncts/{adjunct}/suspend',
})
  .output(answer<{ readonly ok: true }>('It is suspended'))
  .mutation(async ({ ctx: { services, principal }, input }) => {
    await suspendAdjunct(services.engine, userCause(principal), { ...input, key: input.adjunct, suspended: true });
    return { ok: true as const };
  });
