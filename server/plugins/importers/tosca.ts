import type { BlueprintImporter, ForeignBlueprint } from '../../domain/blueprint/blueprint-importer.ts';
import type { SourceMap } from '../../domain/blueprint/source-node.ts';
import { convertTemplate } from './tosca/convert-template.ts';
import { missingFiles } from './tosca/missing-files.ts';

/** TOSCA Simple Profile in YAML, and the parts of a CSAR. */
export const plugin: BlueprintImporter = {
  id: 'tosca',
  title: 'TOSCA',
  description: 'Service templates of TOSCA Simple Profile in YAML 1.0 to 1.3, as such or in a CSAR archive.',
  reads: 'yaml',
  recognises: (_, source) => source !== null && isTosca(source),
  toCamp: (read: ForeignBlueprint) => (read.source === null ? null : convertTemplate(read, read.source)),
  missingFiles: (read: ForeignBlueprint) => (read.source === null ? [] : missingFiles(read, read.source)),
};

/** A template whose version is missing or misspelt is still none of CAMP. */
function isTosca({ entries }: SourceMap): boolean {
  if (entries.size === 1 && (entries.has('csar_link') || entries.has('tosca_link'))) return true;
  return [...entries.keys()].some((key) => key === 'topology_template' || key === 'node_types' || /^tosca\w*_definitions_/.test(key));
}
