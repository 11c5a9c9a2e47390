import type { CatalogItem } from '../catalog/catalog.ts';
import { splitCatalogReference } from '../catalog/create-catalog.ts';
import { quoteText } from './findings.ts';
import type { PlanState } from './plan-state.ts';

export type FoundItem =
  | { readonly kind: 'item'; readonly item: CatalogItem }
  | { readonly kind: 'none' }
  /** The name is in the catalog, and what was asked for is not. */
  | { readonly kind: 'missing'; readonly message: string; readonly hint: string };

interface Lookup {
  /** A type of the name ships. */
  readonly shipped: boolean;
  /** Catalog item in whose text the reference stands. */
  readonly from: CatalogItem | null;
}

/**
 * `name` or `name:version` in the catalog. Where a type of the name ships, only what the version names exactly, or what came into the
 * catalog with the item that names it.
 */
export function findItem(reference: string, { shipped, from }: Lookup, state: PlanState): FoundItem {
  const { catalog } = state.library;
  const { symbolicName, version } = splitCatalogReference(reference);
  if (shipped && version === null) {
    const item = from === null ? undefined : (catalog.find(symbolicName, from.version) ?? catalog.find(symbolicName, null));
    const isBeside = item?.bundle.symbolicName === from?.bundle.symbolicName && item?.bundle.version === from?.bundle.version;
    return item !== undefined && isBeside ? { kind: 'item', item } : { kind: 'none' };
  }
  const item = catalog.find(symbolicName, version) ?? (version === null ? undefined : catalog.find(reference, null));
  if (item !== undefined) return { kind: 'item', item };
  if (shipped) return { kind: 'none' };
  const versions = catalog.list().flatMap((other) => (other.symbolicName === symbolicName ? [other.version] : []));
  if (versions.length === 0) return { kind: 'none' };
  return {
    kind: 'missing',
    message: `The catalog has ${quoteText(symbolicName)}, and not its version ${version ?? ''}.`,
    hint: `Versions: ${versions.slice(0, 10).join(', ')}.`,
  };
}
