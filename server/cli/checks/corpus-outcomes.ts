import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PlanResult } from '../../domain/blueprint/application-plan.ts';
import type { Diagnostic } from '../../domain/blueprint/diagnostic.ts';
import { planApplication } from '../../domain/blueprint/plan-application.ts';
import { formatOf } from '../../domain/blueprint/read-as-camp.ts';
import type { TypeLibrary } from '../../domain/blueprint/type-library.ts';
import { EMPTY_CATALOG } from '../../domain/catalog/catalog.ts';
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
  /** Catalogs of the corpus with which it is understood, where it is not by itself. */
  readonly needs: readonly NeededCatalog[];
}

export interface NeededCatalog {
  readonly file: string;
  /** False where some of its items are refused, none of which is needed. */
  readonly whole: boolean;
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
    if (catalog !== undefined && result.diagnostics.some(({ code }) => code === 'catalog-alone')) {
      const attempt = (others: TypeLibrary) => readCatalog({ text: catalog.text }, others);
      outcomes.push({
        file,
        format: 'catalog',
        result: catalog.result,
        needs: findCatalogs(catalog.result, attempt, { catalogs, library }),
      });
    } else {
      const format = reading.ok ? formatOf(reading.input, library) : 'tosca';
      const attempt = (others: TypeLibrary) => (reading.ok ? planApplication(reading.input, others) : reading);
      outcomes.push({ file, format, result, needs: findCatalogs(result, attempt, { catalogs, library }) });
    }
  }
  return outcomes;
}

interface CorpusCatalog {
  readonly text: string;
  readonly result: CatalogResult;
}

type Catalogs = ReadonlyMap<string, CorpusCatalog>;

async function readCatalogs(folder: string, files: readonly string[], library: TypeLibrary): Promise<Catalogs> {
  const found = new Map<string, CorpusCatalog>();
  for (const file of files) {
    const text = await readFile(path.join(folder, file), 'utf8');
    if (/^\s*brooklyn\.catalog:/m.test(text)) found.set(file, { text, result: readCatalog({ text }, library) });
  }
  return found;
}

interface Attempt {
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** The fewest catalogs, by the names of the types that are missing, with which it is understood; none where it is not with any. */
function findCatalogs(
  alone: Attempt,
  attempt: (library: TypeLibrary) => Attempt,
  { catalogs, library }: { readonly catalogs: Catalogs; readonly library: TypeLibrary },
): readonly NeededCatalog[] {
  const taken = new Map<string, CatalogResult>();
  let last = alone;
  for (let size = -1; !last.ok && size < taken.size; ) {
    size = taken.size;
    for (const name of missingTypes(last.diagnostics)) {
      const symbolicName = name.replace(/:\d[\w.+-]*$/, '');
      const giver = [...catalogs].find(([, { result }]) => result.items.some((item) => item.symbolicName === symbolicName));
      if (giver !== undefined) taken.set(giver[0], giver[1].result);
    }
    if (taken.size === size) break;
    last = attempt({ ...library, catalog: createCatalog([...taken.values()].flatMap(({ items }) => items)) });
  }
  return last.ok ? [...taken].map(([file, { ok }]) => ({ file, whole: ok })).sort((a, b) => (a.file < b.file ? -1 : 1)) : [];
}

/** Names of types that are not there, as messages say them. */
export function missingTypes(diagnostics: readonly Diagnostic[]): readonly string[] {
  const names = diagnostics.flatMap(({ code, message }) => (code === 'unknown-type' ? (/“(.+?)”/.exec(message)?.[1] ?? []) : []));
  return [...new Set(names)];
}
