import { z } from 'zod';
import type { CatalogResult } from '../../domain/catalog/read-catalog.ts';
import { answer } from '../answer.ts';
import { blueprintText } from '../inputs.ts';
import { anywhere } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const check = procedure({
  permission: 'read',
  scope: anywhere,
  input: z.strictObject({ text: blueprintText }),
  summary: 'What a catalog file would add and what is wrong with it, changing nothing',
  rest: 'POST /catalog/checks',
})
  .output(answer<CatalogResult>('Items and findings with their place'))
  .query(({ ctx: { services }, input }) => services.engine.planner.readCatalog(input));
