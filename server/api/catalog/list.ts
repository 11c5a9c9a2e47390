import { createCatalog } from '../../domain/catalog/create-catalog.ts';
import type { CatalogRecord } from '../../domain/shared/records.ts';
import { catalogItemId } from '../../engine/commands/catalog/add-to-catalog.ts';
import { answerList } from '../answer.ts';
import { nothing } from '../inputs.ts';
import { anywhere } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const list = procedure({
  permission: 'read',
  scope: anywhere,
  input: nothing,
  summary: 'Types that people added to the catalog, all versions',
  rest: 'GET /catalog',
})
  .output(answerList<CatalogRecord>('Items by name, the newest version first'))
  .query(({ ctx: { services } }) => {
    const { view } = services.engine.store;
    return createCatalog([...view.all('catalogItem').values()])
      .list()
      .flatMap((item) => view.get('catalogItem', catalogItemId(item)) ?? [])
      .map((record) => services.views.view('catalogItem', record));
  });
