import type { CatalogItem } from '../../domain/catalog/catalog.ts';
import type { Store } from '../../ports/store.ts';

/** What people added to the catalog; the same array until that changes. */
export function watchCatalogItems(store: Store): () => readonly CatalogItem[] {
  let known: readonly CatalogItem[] | null = null;
  store.subscribe(({ changes }) => {
    if (changes.some((change) => change.kind === 'catalogItem')) known = null;
  });
  return () => {
    known ??= [...store.view.all('catalogItem').values()];
    return known;
  };
}
