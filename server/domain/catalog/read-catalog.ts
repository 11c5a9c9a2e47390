import type { BlueprintInput } from '../blueprint/blueprint-input.ts';
import type { Diagnostic } from '../blueprint/diagnostic.ts';
import { createFindings } from '../blueprint/findings.ts';
import { readYaml } from '../blueprint/read-yaml.ts';
import type { CatalogItem } from './catalog.ts';
import { isCatalogSource, readCatalogItems } from './read-catalog-items.ts';

export interface CatalogResult {
  readonly ok: boolean;
  /** What could be read; to be added only where `ok`. */
  readonly items: readonly CatalogItem[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a file with `brooklyn.catalog`. Pure, never throws on any text. */
export function readCatalog(input: BlueprintInput): CatalogResult {
  const findings = createFindings(input);
  const source = readYaml(input.text, findings);
  if (source === null) return { ok: false, items: [], diagnostics: findings.list() };
  if (source.kind !== 'map' || !isCatalogSource(source)) {
    const message = 'This is no catalog: there is no “brooklyn.catalog” at the top.';
    const hint = 'brooklyn.catalog: with id, version and item.';
    findings.add('catalog-item-missing', { range: { start: source.range.start, end: source.range.start }, path: '', message, hint });
    return { ok: false, items: [], diagnostics: findings.list() };
  }
  const items = readCatalogItems(source, input.text, findings).map(({ item }) => item);
  if (items.length === 0 && findings.clean) {
    const range = source.entries.get('brooklyn.catalog')?.range ?? source.range;
    findings.add('catalog-item-missing', { range, path: 'brooklyn.catalog', message: 'The catalog brings nothing that can be added.' });
  }
  return { ok: findings.clean, items, diagnostics: findings.list() };
}
