import type { Catalog, CatalogItem } from '../catalog/catalog.ts';
import { inFile } from './findings.ts';
import type { PlanState } from './plan-state.ts';
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
export function itemSource(item: CatalogItem, state: PlanState): SourceMap | null {
  const file = itemFile(item);
  const known = state.itemSources.get(file);
  if (known !== undefined) return known;
  const node = readYaml(item.text, inFile(state.findings, file));
  const source = node?.kind === 'map' ? placedMap(node, file) : null;
  state.itemSources.set(file, source);
  return source;
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
