import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PlanResult } from '../../domain/blueprint/application-plan.ts';
import type { BlueprintInput } from '../../domain/blueprint/blueprint-input.ts';
import type { Diagnostic } from '../../domain/blueprint/diagnostic.ts';
import { planApplication } from '../../domain/blueprint/plan-application.ts';
import { formatOf } from '../../domain/blueprint/read-as-camp.ts';
import type { TypeLibrary } from '../../domain/blueprint/type-library.ts';
import { type CatalogItem, EMPTY_CATALOG } from '../../domain/catalog/catalog.ts';
import { createCatalog } from '../../domain/catalog/create-catalog.ts';
import { type CatalogResult, readCatalog } from '../../domain/catalog/read-catalog.ts';
import { loadPlugins } from '../../plugins/registry.ts';
import { readBlueprintInput } from '../client/read-blueprint.ts';

/** What comes of one file of the corpus, as `clocker blueprint check` and `clocker catalog add` would have it. */
export interface CorpusOutcome {
  /** Below the folder of the corpus. */
  readonly file: string;
  readonly format: string;
  readonly result: PlanResult | CatalogResult;
  /** Catalogs of the corpus with which it plans, where it does not by itself. */
  readonly plansWith: readonly string[];
}

/** Every file of the corpus that may be a blueprint, in order. @throws ClockerError input.invalid where one cannot be read */
export async function corpusOutcomes(folder: string): Promise<readonly CorpusOutcome[]> {
  const library = { ...(await loadPlugins()), catalog: EMPTY_CATALOG };
  const files = (await readdir(folder, { recursive: true })).filter((file) => /\.(?:ya?ml|bom|tosca|csar|zip|json)$/.test(file)).sort();
  const catalogs = await readCatalogs(folder, files, library);
  const outcomes: CorpusOutcome[] = [];
  for (const file of files) {
    const reading = await readBlueprintInput(path.join(folder, file), {}, library);
    const result = reading.ok ? planApplication(reading.input, library) : reading;
    const catalog = catalogs.get(file);
    const isAlone = result.diagnostics.some(({ code }) => code === 'catalog-alone');
    if (isAlone && catalog !== undefined) outcomes.push({ file, format: 'catalog', result: catalog, plansWith: [] });
    else {
      const format = reading.ok ? formatOf(reading.input, library) : 'tosca';
      const plansWith = reading.ok && !result.ok ? findCatalogs(reading.input, result.diagnostics, { catalogs, library }) : [];
      outcomes.push({ file, format, result, plansWith });
    }
  }
  return outcomes;
}

type Catalogs = ReadonlyMap<string, CatalogResult>;

async function readCatalogs(folder: string, files: readonly string[], library: TypeLibrary): Promise<Catalogs> {
  const found = new Map<string, CatalogResult>();
  for (const file of files) {
    const text = await readFile(path.join(folder, file), 'utf8');
    if (/^\s*brooklyn\.catalog:/m.test(text)) found.set(file, readCatalog({ text }, library));
  }
  return found;
}

/** The fewest catalogs, by the names of the types that are missing, that make it a plan; none where they do not. */
function findCatalogs(
  input: BlueprintInput,
  missing: readonly Diagnostic[],
  { catalogs, library }: { readonly catalogs: Catalogs; readonly library: TypeLibrary },
): readonly string[] {
  const taken = new Map<string, readonly CatalogItem[]>();
  let diagnostics = missing;
  for (let size = -1; size < taken.size; ) {
    size = taken.size;
    for (const name of missingTypes(diagnostics)) {
      const symbolicName = name.replace(/:\d[\w.+-]*$/, '');
      const giver = [...catalogs].find(([, { items }]) => items.some((item) => item.symbolicName === symbolicName));
      if (giver !== undefined) taken.set(giver[0], giver[1].items);
    }
    const result = planApplication(input, { ...library, catalog: createCatalog([...taken.values()].flat()) });
    if (result.ok) return [...taken.keys()].sort();
    diagnostics = result.diagnostics;
  }
  return [];
}

/** Names of types that are not there, as messages say them. */
export function missingTypes(diagnostics: readonly Diagnostic[]): readonly string[] {
  const names = diagnostics.flatMap(({ code, message }) => (code === 'unknown-type' ? (/“(.+?)”/.exec(message)?.[1] ?? []) : []));
  return [...new Set(names)];
}
