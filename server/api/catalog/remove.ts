import { z } from 'zod';
import { removeFromCatalog } from '../../engine/commands/catalog/change-catalog-item.ts';
import { answer } from '../answer.ts';
import { catalogId } from '../inputs.ts';
import { onSystem } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const remove = procedure({
  permission: 'administer',
  scope: onSystem,
  input: z.strictObject({ id: catalogId }),
  summary: 'Remove a version from the catalog; applications made from it keep what they have',
  rest: 'DELETE /catalog/item',
})
  .output(answer<{ readonly ok: true }>('Removed'))
  .mutation(async ({ ctx, input }) => {
    await removeFromCatalog(ctx.services.engine, input.id);
    return { ok: true as const };
  });
