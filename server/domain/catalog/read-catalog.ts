import type { BlueprintInput } from '../blueprint/blueprint-input.ts';
import type { Diagnostic } from '../blueprint/diagnostic.ts';
import { createFindings } from '../blueprint/findings.ts';
import { itemText } from '../blueprint/item-source.ts';
import { readYaml } from '../blueprint/read-yaml.ts';
import type { TypeLibrary } from '../blueprint/type-library.ts';
import type { CatalogItem } from './catalog.ts';
import { checkCatalogItems, inferItemTypes } from './check-catalog-item.ts';
import { createCatalog } from './create-catalog.ts';
import { isCatalogSource, readCatalogItems } from './read-catalog-items.ts';

export interface CatalogResult {
  readonly ok: boolean;
  /** What could be read; to be added only where `ok`. */
  readonly items: readonly CatalogItem[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a file with `brooklyn.catalog`, and plans each item in it, which may be of types of the library and of others in the file, in any
 * order. Pure, never throws on any text.
 */
export function readCatalog(input: BlueprintInput, library: TypeLibrary): CatalogResult {
  const findings = createFindings(input, (file) => itemText(file, library.catalog));
  const source = readYaml(input.text, findings);
  if (source === null) return { ok: false, items: [], diagnostics: findings.list() };
  if (source.kind !== 'map' || !isCatalogSource(source)) {
    const message = 'This is no catalog: there is no “brooklyn.catalog” at the top.';
    const hint = 'brooklyn.catalog: with id, version and item.';
    findings.add('catalog-item-missing', { range: { start: source.range.start, end: source.range.start }, path: '', message, hint });
    return { ok: false, items: [], diagnostics: findings.list() };
  }
  const read = inferItemTypes(readCatalogItems(source, input.text, findings), library);
  const items = read.map(({ item }) => item);
  if (items.length === 0 && findings.clean) {
    const range = source.entries.get('brooklyn.catalog')?.range ?? source.range;
    findings.add('catalog-item-missing', { range, path: 'brooklyn.catalog', message: 'The catalog brings nothing that can be added.' });
  }
  const known = read.map(({ item }) => ({ ...item, deprecated: false, disabled: false }));
  const catalog = createCatalog([...library.catalog.list(), ...known]);
  checkCatalogItems({ items: read, findings, library: { ...library, catalog } });
  return { ok: findings.clean, items, diagnostics: findings.list() };
}
