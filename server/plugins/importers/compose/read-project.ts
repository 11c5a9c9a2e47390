import type { ForeignBlueprint } from '../../../domain/blueprint/blueprint-importer.ts';
import { type Findings, quoteText } from '../../../domain/blueprint/findings.ts';
import { scalarAt } from '../../../domain/blueprint/source-builder.ts';
import { type SourceEntry, type SourceMap, textOf } from '../../../domain/blueprint/source-node.ts';
import { addNote, checkKeys, placeOf } from '../../../domain/compose/compose-findings.ts';
import type { ComposeContext, ComposeEntries, ComposeModel } from '../../../domain/compose/compose-model.ts';
import { readMap, readTexts } from '../../../domain/compose/read-value.ts';
import { applyExtends } from './apply-extends.ts';
import { includeProjects } from './include-projects.ts';
import { mergeMaps, withoutResets } from './merge-nodes.ts';
import type { ProjectFiles } from './project-files.ts';
import { createBudget, type ProjectReader, spendFrom } from './project-reader.ts';
import { readVariables } from './project-variables.ts';
import { placeTree, readFileTree } from './read-file-tree.ts';

const TOP_KEYS = ['version', 'name', 'include', 'services', 'models', 'networks', 'volumes', 'secrets', 'configs'];
const NAME = /^[a-z0-9][a-z0-9_-]*$/;

/** All files of a project as one application, with variables put in and profiles applied. Null, with a finding, where there is none. */
export function readProject({ input, source, findings }: ForeignBlueprint, files: ProjectFiles): ComposeContext | null {
  if (source === null) return null;
  if (!source.entries.has('services') && !source.entries.has('include')) return refuseOldFormat(source, findings);
  const { name, variable } = readVariables(source, input, files, findings);
  const budget = createBudget();
  const reader: ProjectReader = {
    findings,
    files,
    told: new Set(),
    extended: new Map(),
    extendedFiles: new Map(),
    scopes: new Map(),
    budget,
    variable,
    spend: spendFrom(budget, findings),
  };
  const main = placeTree(source, undefined, reader);
  if (main === null) return null;
  const merged = mergeOverlays(applyExtends(main, undefined, reader), input.overlays ?? [], reader);
  checkTop(merged, findings);
  const whole = includeProjects(merged, reader);
  const profiles = new Set([...(input.profiles ?? []), ...(variable('COMPOSE_PROFILES')?.split(',') ?? [])]);
  const inScope = (key: string, from?: string) => (from === undefined ? variable : (reader.scopes.get(from) ?? variable))(key);
  return { model: toModel(whole, name, profiles, findings), findings, files, variable: inScope, folderVolumes: new Map() };
}

function refuseOldFormat(source: SourceMap, findings: Findings): null {
  const message = 'The services of a Compose file stand below “services:”.';
  findings.add('compose-file-format', {
    range: source.range,
    path: '',
    message,
    hint: 'Write “services:” at the top, and indent the rest.',
  });
  return null;
}

/** Relative paths in overlays are meant from the folder of the main file. */
function mergeOverlays(main: SourceMap, overlays: readonly string[], reader: ProjectReader): SourceMap {
  let merged = main;
  for (const overlay of overlays) {
    const text = reader.files.read(overlay);
    if (text === undefined) {
      const message = `The file ${quoteText(overlay)} did not come with the blueprint.`;
      reader.findings.add('compose-file-missing', { range: { start: 0, end: 0 }, path: '', message });
      continue;
    }
    const tree = readFileTree(text, overlay, reader);
    if (tree !== null) merged = reader.spend(mergeMaps(merged, applyExtends(tree, overlay, reader), []));
  }
  return withoutResets(merged);
}

function checkTop(merged: SourceMap, findings: Findings): void {
  checkKeys(findings, merged, TOP_KEYS);
  const version = merged.entries.get('version');
  if (version !== undefined) addNote(findings, version, 'is obsolete: the newest specification counts');
  const name = merged.entries.get('name');
  const text = textOf(name?.value);
  if (name === undefined || (text !== null && NAME.test(text))) return;
  const lower = (text ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[-_]+|-+$/g, '');
  findings.add('compose-value', {
    ...placeOf(name.value),
    message: `The name ${quoteText(text ?? '')} is not lower-case letters, digits, “-” and “_”.`,
    hint: lower === '' ? undefined : `For example ${lower}.`,
    fix: lower === '' ? undefined : { title: `Write ${lower}`, text: lower },
  });
}

function toModel(whole: SourceMap, name: string | null, profiles: ReadonlySet<string>, findings: Findings): ComposeModel {
  const entriesAt = (key: string): ComposeEntries => readMap(findings, whole.entries.get(key))?.entries ?? new Map<string, SourceEntry>();
  const given = whole.entries.get('name');
  const withoutFragments = (entries: ComposeEntries): ComposeEntries => new Map([...entries].filter(([key]) => !key.startsWith('x-')));
  return {
    source: whole,
    name: given ?? (name === null ? null : { key: 'name', range: whole.range, value: scalarAt(whole.range, name) }),
    services: activeServices(withoutFragments(entriesAt('services')), profiles, findings),
    networks: entriesAt('networks'),
    volumes: entriesAt('volumes'),
    configs: entriesAt('configs'),
    secrets: entriesAt('secrets'),
  };
}

/** Those without a profile, and those of one that is on. */
function activeServices(services: ComposeEntries, profiles: ReadonlySet<string>, findings: Findings): ComposeEntries {
  return new Map(
    [...services].filter(([, { value }]) => {
      const given = value.kind === 'map' ? readTexts(findings, value.entries.get('profiles')) : [];
      return given.length === 0 || profiles.has('*') || given.some(({ text }) => profiles.has(text));
    }),
  );
}
