import { z } from 'zod';
import { suspendAdjunct } from '../../engine/adjuncts/change-adjunct.ts';
import { answer } from '../answer.ts';
import { adjunctRef } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { userCause } from '../user-cause.ts';

export const resume = procedure({
  permission: 'operate',
  scope: onEntity,
  input: z.strictObject(adjunctRef),
  summary: 'Let a suspended policy act again',
  rest: 'POST /entities/{entityId}/adjuncts/{adjunct}/resume',
})
  .output(answer<{ readonly ok: true }>('It acts'))
  .mutation(async ({ ctx: { services, principal }, input }) => {
    await suspendAdjunct(services.engine, userCause(principal), { ...input, key: input.adjunct, suspended: false, why: '' });
    return { ok: true as const };
  });
