import type { CatalogItem } from '../catalog/catalog.ts';
import type { BlueprintImporter, ForeignBlueprint } from './blueprint-importer.ts';
import type { BlueprintFormat, BlueprintInput } from './blueprint-input.ts';
import { addTag } from './check-yaml-tokens.ts';
import type { Findings } from './findings.ts';
import { readYaml } from './read-yaml.ts';
import type { SourceNode } from './source-node.ts';
import type { TypeLibrary } from './type-library.ts';

export interface CampSource {
  readonly format: BlueprintFormat;
  readonly source: SourceNode;
}

/** Reads a blueprint of any language as CAMP. Null, with findings, where it cannot be read. */
export function readAsCamp(input: BlueprintInput, library: TypeLibrary, findings: Findings): CampSource | null {
  const { text } = input;
  const { importers } = library;
  const kindOf = findKind(library);
  const reader = importers.find((importer) => importer.reads === 'text' && importer.recognises(text, null));
  if (reader !== undefined) return convert(reader, { input, source: null, findings, kindOf });
  const source = readYaml(
    text,
    findings,
    importers.flatMap(({ tags = [] }) => tags),
  );
  if (source === null) return null;
  const importer = importers.find((other) => other.reads === 'yaml' && source.kind === 'map' && other.recognises(text, source));
  if (!checkTags(source, importer?.tags ?? [], findings)) return null;
  if (source.kind !== 'map') return { format: 'camp', source };
  return importer === undefined ? { format: 'camp', source } : convert(importer, { input, source, findings, kindOf });
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

function convert(importer: BlueprintImporter, read: ForeignBlueprint): CampSource | null {
  const camp = importer.toCamp(read);
  return camp && { format: importer.id, source: camp };
}

type Kind = NonNullable<ReturnType<ForeignBlueprint['kindOf']>>;

/** Gathers the names of the library when the first is asked for. */
function findKind(library: TypeLibrary): ForeignBlueprint['kindOf'] {
  let kinds: ReadonlyMap<string, Kind> | null = null;
  return (name) => {
    kinds ??= namesOf(library);
    return kinds.get(name) ?? kindOfItem(library.catalog.find(name, null));
  };
}

function namesOf({ entityTypes, adjunctTypes }: TypeLibrary): ReadonlyMap<string, Kind> {
  const kinds = new Map<string, Kind>();
  for (const { id, aliases, kind } of adjunctTypes.values()) for (const name of [id, ...aliases]) kinds.set(name, kind);
  for (const { id, aliases } of entityTypes.values()) for (const name of [id, ...aliases]) kinds.set(name, 'entity');
  return kinds;
}

function kindOfItem(item: CatalogItem | undefined): Kind | undefined {
  switch (item?.itemType) {
    case undefined:
      return undefined;
    case 'policy':
    case 'enricher':
    case 'location':
      return item.itemType;
    default:
      return 'entity';
  }
}
