import { z } from 'zod';
import { type RehearsalReport, rehearseAdjunct } from '../../engine/queries/rehearse-adjunct.ts';
import { answer } from '../answer.ts';
import { adjunctRef, configInput } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';

const time = z.number().int().min(0);

export const rehearse = procedure({
  permission: 'read',
  scope: onEntity,
  input: z.strictObject({
    ...adjunctRef,
    config: configInput.optional(),
    fromMs: time,
    toMs: time,
    sharesLoad: z.boolean().default(true),
    startMs: z.number().int().min(0).max(3_600_000).default(10_000),
  }),
  summary: 'What a policy would have done with what was recorded, with its config or another',
  rest: 'POST /entities/{entityId}/adjuncts/{adjunct}/rehearsals',
})
  .output(answer<RehearsalReport>('Its acts, the sizes that follow, and what it looked at'))
  .query(({ ctx: { services }, input }) => rehearseAdjunct(services.engine, { ...input, key: input.adjunct }));
