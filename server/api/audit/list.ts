import { z } from 'zod';
import type { AuditEntry } from '../../ports/store.ts';
import { answerList } from '../answer.ts';
import { onSystem } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const list = procedure({
  permission: 'administer',
  scope: onSystem,
  input: z.strictObject({ before: z.number().int().min(1).optional(), limit: z.number().int().min(1).max(500).default(100) }),
  summary: 'Who did what, and who was refused',
  rest: 'GET /audit',
})
  .output(answerList<AuditEntry & { readonly id: number }>('Entries, newest first'))
  .query(({ ctx, input }) => ctx.services.audit.list({ before: input.before ?? null, limit: input.limit }));
