import type { AdjunctKind } from './adjunct-type.ts';
import type { BlueprintImporter, ForeignBlueprint } from './blueprint-importer.ts';
import type { BlueprintFormat, BlueprintInput } from './blueprint-input.ts';
import { type BuildFiles, buildFilesIn } from './build-files.ts';
import { addTag } from './check-yaml-tokens.ts';
import { createFindings, type Findings } from './findings.ts';
import { readYaml } from './read-yaml.ts';
import type { SourceNode } from './source-node.ts';
import type { TypeLibrary } from './type-library.ts';
import type { BlueprintType } from './type-registry.ts';

export interface CampSource {
  readonly format: BlueprintFormat;
  readonly source: SourceNode;
}

/** Reads a blueprint of any language as CAMP. Null, with findings, where it cannot be read. */
export function readAsCamp(input: BlueprintInput, library: TypeLibrary, findings: Findings): CampSource | null {
  const read = recognise(input, library, findings);
  if (read === null || 'format' in read) return read;
  const camp = read.importer.toCamp(read.foreign);
  return camp && { format: read.importer.id, source: camp };
}

/** The language of a blueprint, whether it has errors or not; null where the text cannot be read at all. */
export function recogniseFormat(input: BlueprintInput, library: TypeLibrary): BlueprintFormat | null {
  const read = recognise(input, library, createFindings(input));
  return read && ('format' in read ? read.format : read.importer.id);
}

/** As `recogniseFormat`, with CAMP for a text that cannot be read. */
export function formatOf(input: BlueprintInput, library: TypeLibrary): BlueprintFormat {
  return recogniseFormat(input, library) ?? 'camp';
}

/** Files that a blueprint refers to and the input does not have: see `BlueprintImporter.missingFiles`. */
export function missingFiles(input: BlueprintInput, library: TypeLibrary): readonly string[] {
  const read = recognise(input, library, createFindings(input));
  if (read === null) return [];
  if ('importer' in read) return read.importer.missingFiles?.(read.foreign) ?? [];
  return buildFilesIn(read.source).files.filter((name) => !Object.hasOwn(input.files ?? {}, name));
}

/** What images of a blueprint are built from; its types need not be known. */
export function buildFiles(input: BlueprintInput, library: TypeLibrary): BuildFiles {
  const camp = readAsCamp(input, library, createFindings(input));
  return camp === null ? { folders: [], files: [] } : buildFilesIn(camp.source);
}

interface Recognised {
  readonly importer: BlueprintImporter;
  readonly foreign: ForeignBlueprint;
}

function recognise(input: BlueprintInput, library: TypeLibrary, findings: Findings): Recognised | CampSource | null {
  const { text } = input;
  const { importers } = library;
  const kinds = findKinds(library);
  const reader = importers.find((importer) => importer.reads === 'text' && importer.recognises(text, null));
  if (reader !== undefined) return { importer: reader, foreign: { input, source: null, findings, ...kinds } };
  const source = readYaml(
    text,
    findings,
    importers.flatMap(({ tags = [] }) => tags),
  );
  if (source === null) return null;
  const importer = importers.find((other) => other.reads === 'yaml' && source.kind === 'map' && other.recognises(text, source));
  if (text.includes('!') && !checkTags(source, importer?.tags ?? [], findings)) return null;
  if (source.kind !== 'map' || importer === undefined) return { format: 'camp', source };
  return { importer, foreign: { input, source, findings, ...kinds } };
}

/** False, with a finding, where a value has a tag of another language. */
function checkTags(source: SourceNode, tags: readonly string[], findings: Findings): boolean {
  const seen = new Set<SourceNode>();
  const pending = [source];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.tag !== undefined && !tags.includes(node.tag)) {
      addTag(node.tag, node.range, findings);
      return false;
    }
    if (node.kind === 'list') for (const item of node.items) pending.push(item);
    if (node.kind === 'map') for (const entry of node.entries.values()) pending.push(entry.value);
  }
  return true;
}

/** Gathers the names of the library when the first is asked for. */
function findKinds(library: TypeLibrary): Pick<ForeignBlueprint, 'entityKindOf' | 'adjunctKindOf'> {
  let entities: ReadonlyMap<string, BlueprintType['kind']> | null = null;
  let adjuncts: ReadonlyMap<string, AdjunctKind> | null = null;
  const itemOf = (name: string) => library.catalog.find(name, null)?.itemType;
  return {
    entityKindOf(name) {
      entities ??= kindsByName(library.entityTypes.values());
      const item = itemOf(name);
      const isEntity = item === 'application' || item === 'template' || item === 'entity';
      return entities.get(name) ?? (isEntity ? 'item' : undefined);
    },
    adjunctKindOf(name) {
      adjuncts ??= kindsByName(library.adjunctTypes.values());
      const item = itemOf(name);
      const isAdjunct = item === 'policy' || item === 'enricher' || item === 'location';
      return adjuncts.get(name) ?? (isAdjunct ? item : undefined);
    },
  };
}

function kindsByName<Kind>(
  types: Iterable<{ readonly id: string; readonly aliases: readonly string[]; readonly kind: Kind }>,
): ReadonlyMap<string, Kind> {
  return new Map([...types].flatMap(({ id, aliases, kind }) => [id, ...aliases].map((name) => [name, kind] as const)));
}
