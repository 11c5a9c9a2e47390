import { z } from 'zod';
import type { CatalogRecord } from '../../domain/shared/records.ts';
import { changeCatalogItem } from '../../engine/commands/catalog/change-catalog-item.ts';
import { answer } from '../answer.ts';
import { catalogId } from '../inputs.ts';
import { onSystem } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const change = procedure({
  permission: 'administer',
  scope: onSystem,
  input: z.strictObject({ id: catalogId, deprecated: z.boolean().optional(), disabled: z.boolean().optional() }),
  summary: 'Deprecate an item (used with a warning) or disable it (not used in new deployments)',
  rest: 'PUT /catalog/item',
})
  .output(answer<CatalogRecord>('The item'))
  .mutation(async ({ ctx: { services }, input }) => services.views.view('catalogItem', await changeCatalogItem(services.engine, input)));
