import { matchesWords } from '@/components/ui/matches-words.ts';
import type { ShippedType } from '@/server/api/catalog/types.ts';
import { compareVersions } from '@/server/domain/catalog/catalog-version.ts';
import type { CatalogRecord } from '@/server/domain/shared/records.ts';

/** One line of the catalog: a type that ships, or a version of one that somebody added. */
export interface CatalogRow {
  /** In the URL: `shipped:<id>` or `added:<name>:<version>`. */
  readonly id: string;
  readonly title: string;
  /** What a blueprint writes. */
  readonly name: string;
  readonly kind: string;
  readonly version: string | null;
  readonly description: string;
  readonly state: 'usable' | 'planned' | 'deprecated' | 'disabled';
  readonly shipped: ShippedType | null;
  readonly added: CatalogRecord | null;
}

export const CATALOG_KINDS = ['application', 'entity', 'policy', 'enricher', 'initializer', 'location', 'placement', 'object'] as const;
export type CatalogKind = (typeof CATALOG_KINDS)[number];

/** Added types first, of one name the newest version first; then shipped ones by title, those that can be deployed before the others. */
export function catalogRows(
  shipped: readonly ShippedType[],
  added: readonly CatalogRecord[],
  filter: { readonly text: string; readonly kind: string },
): readonly CatalogRow[] {
  const own = [...added]
    .sort((a, b) => a.symbolicName.localeCompare(b.symbolicName) || compareVersions(b.version, a.version))
    .map(toAddedRow);
  const usableFirst = [...shipped].sort((a, b) => Number(a.planned) - Number(b.planned));
  return [...own, ...usableFirst.map(toShippedRow)].filter((row) => matches(row, filter));
}

function toAddedRow(record: CatalogRecord): CatalogRow {
  return {
    id: `added:${record.id}`,
    title: record.name,
    name: record.symbolicName,
    kind: kindOf(record.itemType),
    version: record.version,
    description: record.description ?? '',
    state: record.disabled ? 'disabled' : record.deprecated ? 'deprecated' : 'usable',
    shipped: null,
    added: record,
  };
}

function toShippedRow(type: ShippedType): CatalogRow {
  const { id, title, kind, description, planned } = type;
  return {
    id: `shipped:${id}`,
    title,
    name: id,
    kind,
    version: null,
    description,
    state: planned ? 'planned' : 'usable',
    shipped: type,
    added: null,
  };
}

function kindOf(itemType: CatalogRecord['itemType']): CatalogKind {
  if (itemType === 'template') return 'application';
  return itemType === 'bean' ? 'object' : itemType;
}

function matches(row: CatalogRow, { text, kind }: { readonly text: string; readonly kind: string }): boolean {
  if (kind !== '' && row.kind !== kind) return false;
  const { title, name, description, state, version } = row;
  const others = [...(row.shipped?.aliases ?? []), ...(row.added?.tags ?? [])];
  return matchesWords(text, [title, name, row.kind, description, state, version ?? '', ...others]);
}

/** How a blueprint uses it. */
export function usageOf({ kind, name, version }: Pick<CatalogRow, 'kind' | 'name' | 'version'>): string {
  const type = version === null ? name : `${name}:${version}`;
  if (kind === 'policy' || kind === 'enricher' || kind === 'initializer') {
    const plural = kind === 'policy' ? 'policies' : `${kind}s`;
    return `brooklyn.${plural}:\n- type: ${type}\n`;
  }
  if (kind === 'placement') return `docker.container.strategies:\n- $brooklyn:object:\n    type: ${type}\n`;
  if (kind === 'object') return `$brooklyn:object:\n  type: ${type}\n`;
  if (kind === 'location') return `location: ${type}\n`;
  return `services:\n- type: ${type}\n`;
}
