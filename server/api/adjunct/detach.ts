import { z } from 'zod';
import { detachAdjunct } from '../../engine/adjuncts/attach-adjunct.ts';
import { answer } from '../answer.ts';
import { adjunctRef } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const detach = procedure({
  permission: 'operate',
  scope: onEntity,
  input: z.strictObject(adjunctRef),
  summary: 'Take off what an operator has attached to an entity',
  rest: 'DELETE /entities/{entityId}/adjuncts/{adjunct}',
})
  .output(answer<{ readonly ok: true }>('It is gone'))
  .mutation(async ({ ctx: { services }, input }) => {
    await detachAdjunct(services.engine, { ...input, key: input.adjunct });
    return { ok: true as const };
  });
