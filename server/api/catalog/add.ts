import { z } from 'zod';
import type { CatalogRecord } from '../../domain/shared/records.ts';
import { addToCatalog } from '../../engine/commands/catalog/add-to-catalog.ts';
import { answerList } from '../answer.ts';
import { blueprintText } from '../inputs.ts';
import { onSystem } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { userCause } from '../user-cause.ts';

export const add = procedure({
  permission: 'administer',
  scope: onSystem,
  input: z.strictObject({ text: blueprintText }),
  summary: 'Add all items of a catalog file, or none',
  rest: 'POST /catalog',
})
  .output(answerList<CatalogRecord>('What was added'))
  .mutation(async ({ ctx: { services, principal }, input }) => {
    const added = await addToCatalog(services.engine, { text: input.text, by: userCause(principal).by });
    return added.map((record) => services.views.view('catalogItem', record));
  });
