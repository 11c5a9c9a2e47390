import { z } from 'zod';
import { configureAdjunct } from '../../engine/adjuncts/attach-adjunct.ts';
import { answer } from '../answer.ts';
import { adjunctRef, configInput } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { requireRightsOf } from './require-rights.ts';

export const configure = procedure({
  permission: 'operate',
  scope: onEntity,
  input: z.strictObject({ ...adjunctRef, config: configInput }),
  summary: 'Change config of a policy or enricher while it works; null goes back to the blueprint',
  rest: 'PATCH /entities/{entityId}/adjuncts/{adjunct}',
})
  .output(answer<{ readonly ok: true }>('It works with that'))
  .mutation(async ({ ctx: { services, principal }, input }) => {
    requireRightsOf(services.engine, principal, input.entityId);
    await configureAdjunct(services.engine, { ...input, key: input.adjunct });
    return { ok: true as const };
  });
