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
  /** What ships is called otherwise by itself, and knows the name as that of a class of Brooklyn's or Clocker's: an entity of the catalog may stand in for that. */
  readonly standsIn?: boolean;
  /** Catalog item in whose text the reference stands. */
  readonly from: CatalogItem | null;
}

/**
 * `name` or `name:version` in the catalog. Where a type of the name ships, only what the version names exactly, what came into the
 * catalog with the item that names it, or what stands in for a class.
 */
export function findItem(reference: string, { shipped, standsIn = false, from }: Lookup, state: PlanState): FoundItem {
  const { catalog } = state.library;
  const { symbolicName, version } = splitCatalogReference(reference);
  if (shipped && version === null) {
    const item = from === null ? undefined : (catalog.find(symbolicName, from.version) ?? catalog.find(symbolicName, null));
    const isBeside = item?.bundle.symbolicName === from?.bundle.symbolicName && item?.bundle.version === from?.bundle.version;
    if (item !== undefined && isBeside) return { kind: 'item', item };
    const other = standsIn ? catalog.find(symbolicName, null) : undefined;
    return other !== undefined && isStandIn(other) ? { kind: 'item', item: other } : { kind: 'none' };
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

function isStandIn({ itemType, disabled }: CatalogItem): boolean {
  return !disabled && ['application', 'template', 'entity'].includes(itemType);
}
