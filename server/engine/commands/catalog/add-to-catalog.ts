import type { CatalogItem } from '../../../domain/catalog/catalog.ts';
import { isSameVersion } from '../../../domain/catalog/catalog-version.ts';
import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { CatalogRecord } from '../../../domain/shared/records.ts';
import type { Draft } from '../../../ports/store.ts';
import type { EngineContext } from '../../engine-context.ts';
import { firstErrorOf } from '../first-error.ts';

export interface AddToCatalogInput {
  /** A file with `brooklyn.catalog`. */
  readonly text: string;
  readonly by: string;
}

/**
 * Adds all items of a catalog file, or none. A version that is there already is taken again only when it is the same or a snapshot.
 * @throws ClockerError blueprint.invalid | conflict
 */
export async function addToCatalog(
  { planner, store, clock }: Pick<EngineContext, 'planner' | 'store' | 'clock'>,
  { text, by }: AddToCatalogInput,
): Promise<readonly CatalogRecord[]> {
  const { ok, items, diagnostics } = await planner.readCatalog({ text });
  if (!ok) throw firstErrorOf(diagnostics, 'The catalog cannot be understood');
  return await store.commit((draft) =>
    items.map((item) => {
      const id = catalogItemId(item);
      const known = draft.get('catalogItem', id) ?? sameVersion(item, draft);
      if (known && known.text !== item.text && !/snapshot/i.test(item.version)) {
        throw new ClockerError('conflict', {
          message: `${known.id} is in the catalog already, and is not the same`,
          hint: 'Give it another version, or remove the one that is there.',
        });
      }
      const record: CatalogRecord = { ...item, id, addedAt: clock.now(), addedBy: by };
      draft.put('catalogItem', record);
      return record;
    }),
  );
}

/** One whose version is the same, written in another way. */
function sameVersion({ symbolicName, version }: CatalogItem, draft: Draft): CatalogRecord | undefined {
  return [...draft.all('catalogItem').values()].find((one) => one.symbolicName === symbolicName && isSameVersion(one.version, version));
}

export function catalogItemId({ symbolicName, version }: Pick<CatalogItem, 'symbolicName' | 'version'>): string {
  return `${symbolicName}:${version}`;
}
