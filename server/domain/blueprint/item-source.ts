import type { Catalog, CatalogItem } from '../catalog/catalog.ts';
import { inFile, quoteText, type TextRange } from './findings.ts';
import type { PlacedItem, PlanState } from './plan-state.ts';
import { readYaml } from './read-yaml.ts';
import type { SourceMap, SourceNode } from './source-node.ts';

/** Name of the text of a catalog item in findings and ranges. */
export function itemFile({ symbolicName, version }: Pick<CatalogItem, 'symbolicName' | 'version'>): string {
  return `catalog:${symbolicName}:${version}`;
}

/** The text of an item by the name that findings give it. */
export function itemText(file: string, catalog: Catalog): string | undefined {
  const [, symbolicName, version] = /^catalog:(.+):([^:]+)$/s.exec(file) ?? [];
  return symbolicName === undefined || version === undefined ? undefined : catalog.find(symbolicName, version)?.text;
}

/** The values of an item, with places in its own text. Read once for a plan; null, with findings, where it cannot be read. */
export function itemNode(item: CatalogItem, state: PlanState): PlacedItem | null {
  const file = itemFile(item);
  const known = state.itemSources.get(file);
  if (known !== undefined) return known;
  const node = readYaml(item.text, inFile(state.findings, file));
  const source = node && { node: placed(node, file), path: '' };
  state.itemSources.set(file, source);
  return source;
}

/** `itemNode` of an item that is a map. */
export function itemSource(item: CatalogItem, state: PlanState): { readonly map: SourceMap; readonly path: string } | null {
  const source = itemNode(item, state);
  return source?.node.kind === 'map' ? { map: source.node, path: source.path } : null;
}

/** Tells who uses an item that it is not to be used, or not any more. */
export function noteUse(item: CatalogItem, use: { readonly range: TextRange; readonly path: string }, { findings }: PlanState): void {
  const key = quoteText(itemKey(item));
  const hint = 'Enable it, or use another version.';
  if (item.disabled) findings.add('catalog-disabled', { ...use, message: `${key} is disabled in the catalog.`, hint });
  else if (item.deprecated) findings.add('catalog-deprecated', { ...use, message: `${key} is deprecated in the catalog.` });
}

/** Items that are each made of the next. */
const MOST_NESTED = 32;

/** True, with a finding, for an item that stands in too many others. `open`: those around it, the outermost first. */
export function isTooNested(
  item: CatalogItem,
  use: { readonly range: TextRange; readonly path: string },
  open: readonly string[],
  { findings }: PlanState,
): boolean {
  if (open.length < MOST_NESTED) return false;
  const message = `${quoteText(itemKey(item))} is the innermost of more than ${MOST_NESTED} catalog items that are each made of the next.`;
  findings.add('too-deep', { ...use, message, hint: 'Use the innermost type itself.' });
  return true;
}

export function itemKey({ symbolicName, version }: Pick<CatalogItem, 'symbolicName' | 'version'>): string {
  return `${symbolicName}:${version}`;
}

function placed(node: SourceNode, file: string): SourceNode {
  if (node.kind === 'map') return placedMap(node, file);
  const range = { ...node.range, file };
  return node.kind === 'list' ? { ...node, range, items: node.items.map((item) => placed(item, file)) } : { ...node, range };
}

function placedMap(map: SourceMap, file: string): SourceMap {
  const entries = [...map.entries].map(([key, entry]) => {
    return [key, { ...entry, range: { ...entry.range, file }, value: placed(entry.value, file) }] as const;
  });
  return { ...map, range: { ...map.range, file }, entries: new Map(entries) };
}
