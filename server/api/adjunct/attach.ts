import { z } from 'zod';
import { attachAdjunct } from '../../engine/adjuncts/attach-adjunct.ts';
import { answer } from '../answer.ts';
import { adjunctKey, configInput, displayName, idOf } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { requireRightsOf } from './require-rights.ts';

export const attach = procedure({
  permission: 'operate',
  scope: onEntity,
  input: z.strictObject({
    entityId: idOf<'entity'>(),
    type: z.string().min(1).max(200),
    key: adjunctKey.optional(),
    name: displayName.optional(),
    config: configInput.default({}),
  }),
  summary: 'Attach a policy, enricher or sensor to an entity as it runs',
  rest: 'POST /entities/{entityId}/adjuncts',
})
  .output(answer<{ readonly key: string }>('Its key'))
  .mutation(async ({ ctx: { services, principal }, input }) => {
    requireRightsOf(services.engine, principal, input.entityId);
    const { key } = await attachAdjunct(services.engine, input);
    return { key };
  });
