import type { BlueprintImporter } from './blueprint-importer.ts';
import type { BlueprintFormat, BlueprintInput } from './blueprint-input.ts';
import { addTag } from './check-yaml-tokens.ts';
import type { Findings } from './findings.ts';
import { readYaml } from './read-yaml.ts';
import type { SourceNode } from './source-node.ts';

export interface CampSource {
  readonly format: BlueprintFormat;
  readonly source: SourceNode;
}

/** Reads a blueprint of any language as CAMP. Null, with findings, where it cannot be read. */
export function readAsCamp(input: BlueprintInput, importers: readonly BlueprintImporter[], findings: Findings): CampSource | null {
  const { text } = input;
  const reader = importers.find((importer) => importer.reads === 'text' && importer.recognises(text, null));
  if (reader !== undefined) return convert(reader, null, input, findings);
  const source = readYaml(
    text,
    findings,
    importers.flatMap(({ tags = [] }) => tags),
  );
  if (source === null) return null;
  const importer = importers.find((other) => other.reads === 'yaml' && source.kind === 'map' && other.recognises(text, source));
  if (!checkTags(source, importer?.tags ?? [], findings)) return null;
  if (source.kind !== 'map') return { format: 'camp', source };
  return importer === undefined ? { format: 'camp', source } : convert(importer, source, input, findings);
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

function convert(
  importer: BlueprintImporter,
  source: (SourceNode & { readonly kind: 'map' }) | null,
  input: BlueprintInput,
  findings: Findings,
): CampSource | null {
  const camp = importer.toCamp({ input, source, findings });
  return camp && { format: importer.id, source: camp };
}
