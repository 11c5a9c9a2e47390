import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { CatalogRecord } from '../../../domain/shared/records.ts';
import type { Draft } from '../../../ports/store.ts';
import type { EngineContext } from '../../engine-context.ts';

export interface CatalogItemChange {
  readonly id: string;
  readonly deprecated?: boolean | undefined;
  readonly disabled?: boolean | undefined;
}

/** Applications that were made from an item keep what they have. @throws ClockerError not-found */
export async function changeCatalogItem({ store }: Pick<EngineContext, 'store'>, change: CatalogItemChange): Promise<CatalogRecord> {
  return await store.commit((draft) => {
    const item = requireItem(draft, change.id);
    const changed = { ...item, deprecated: change.deprecated ?? item.deprecated, disabled: change.disabled ?? item.disabled };
    draft.put('catalogItem', changed);
    return changed;
  });
}

/** @throws ClockerError not-found */
export async function removeFromCatalog({ store }: Pick<EngineContext, 'store'>, id: string): Promise<void> {
  await store.commit((draft) => {
    requireItem(draft, id);
    draft.remove('catalogItem', id);
  });
}

function requireItem(draft: Draft, id: string): CatalogRecord {
  const item = draft.get('catalogItem', id);
  if (item) return item;
  throw new ClockerError('not-found', { message: `There is no ${id} in the catalog`, hint: 'Write it as name:version.' });
}
