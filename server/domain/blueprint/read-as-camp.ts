import type { BlueprintImporter } from './blueprint-importer.ts';
import type { BlueprintFormat, BlueprintInput } from './blueprint-input.ts';
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
  const source = readYaml(text, findings);
  if (source?.kind !== 'map') return source && { format: 'camp', source };
  const importer = importers.find((other) => other.reads === 'yaml' && other.recognises(text, source));
  return importer === undefined ? { format: 'camp', source } : convert(importer, source, input, findings);
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
