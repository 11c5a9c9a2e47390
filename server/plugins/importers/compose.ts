import type { BlueprintImporter, ForeignBlueprint } from '../../domain/blueprint/blueprint-importer.ts';
import { isNothing, type SourceMap, type SourceNode } from '../../domain/blueprint/source-node.ts';
import { toCampApplication } from '../../domain/compose/to-camp-application.ts';
import { createProjectFiles } from './compose/project-files.ts';
import { readProject } from './compose/read-project.ts';

/** Compose files, as the Compose Specification has them. docs/design/compose.md lists what of it is supported. */
export const plugin: BlueprintImporter = {
  id: 'compose',
  title: 'Compose',
  description: 'Files of Docker Compose, by the Compose Specification.',
  reads: 'yaml',
  tags: ['!reset', '!override'],
  recognises: (_, source) => source !== null && (hasServices(source) || isBeforeServices(source)),
  toCamp(read) {
    const project = readProject(read, createProjectFiles(read.input, read.findings));
    return project && toCampApplication(project);
  },
  missingFiles: (read) => findMissing(read),
};

function findMissing(read: ForeignBlueprint): readonly string[] {
  const files = createProjectFiles(read.input, read.findings);
  const project = readProject(read, files);
  if (project !== null) toCampApplication(project);
  return files.missing();
}

/** CAMP has a list of services. A map of texts is one that forgot the dash. */
function hasServices({ entries }: SourceMap): boolean {
  const services = entries.get('services')?.value;
  if (services === undefined) return entries.get('include')?.value.kind === 'list' && !isOtherLanguage(entries);
  if (services.kind !== 'map') return false;
  return services.entries.size === 0 || [...services.entries.values()].some(({ value }) => value.kind === 'map' || isNothing(value));
}

/** The format of before 2016, where services stand at the top. */
function isBeforeServices({ entries }: SourceMap): boolean {
  const given = [...entries.values()].filter(({ key }) => !key.startsWith('x-'));
  const isService = ({ value }: { readonly value: SourceNode }) =>
    value.kind === 'map' && (value.entries.get('image')?.value.kind === 'scalar' || value.entries.has('build'));
  return given.length > 0 && given.length <= 1000 && given.every(isService);
}

function isOtherLanguage(entries: SourceMap['entries']): boolean {
  return [...entries.keys()].some((key) => key.startsWith('brooklyn.') || key.startsWith('tosca_') || key === 'node_templates');
}
