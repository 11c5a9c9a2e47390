import { quoteText } from '../../../domain/blueprint/findings.ts';
import { mapAt } from '../../../domain/blueprint/source-builder.ts';
import { type SourceEntry, type SourceMap, type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import { addValue, checkKeys, placeOf } from '../../../domain/compose/compose-findings.ts';
import { readReferredFile } from '../../../domain/compose/read-referred-file.ts';
import { readList } from '../../../domain/compose/read-value.ts';
import { applyExtends } from './apply-extends.ts';
import { mergeMaps, withoutResets } from './merge-nodes.ts';
import { folderOf } from './project-files.ts';
import type { ProjectReader } from './project-reader.ts';
import { readEnvFile } from './project-variables.ts';
import { readFileTree } from './read-file-tree.ts';

const SECTIONS = ['services', 'networks', 'volumes', 'configs', 'secrets', 'models'];

/** The project with those that it includes: each is read for itself, in its own folder, and what it has is copied in. */
export function includeProjects(project: SourceMap, reader: ProjectReader, open: readonly string[] = []): SourceMap {
  const included = readList(reader.findings, project.entries.get('include')).flatMap((node) => {
    const read = readIncluded(node, reader, open);
    return read === null ? [] : [read];
  });
  return included.reduce((whole, other) => copyInto(whole, other, reader), project);
}

function copyInto(whole: SourceMap, other: SourceMap, { findings }: ProjectReader): SourceMap {
  const entries = new Map(whole.entries);
  for (const key of SECTIONS) {
    const [mine, theirs] = [entries.get(key), other.entries.get(key)];
    if (theirs?.value.kind !== 'map') continue;
    if (mine?.value.kind !== 'map') {
      entries.set(key, theirs);
      continue;
    }
    const both = new Map(mine.value.entries);
    for (const entry of theirs.value.entries.values()) {
      const known = both.get(entry.key);
      if (known === undefined) both.set(entry.key, entry);
      else if (!isSamePlace(known, entry)) {
        const message = `${quoteText(entry.key)} is in ${key} of this file and of another that is included.`;
        findings.add('compose-conflict', { ...placeOf(entry), message, hint: 'Rename one, or merge the files with -f.' });
      }
    }
    entries.set(key, { ...mine, value: mapAt(mine.value.range, [...both.values()]) });
  }
  return mapAt(whole.range, [...entries.values()]);
}

/** One file that is included on two ways. */
function isSamePlace(a: SourceEntry, b: SourceEntry): boolean {
  return a.range.file === b.range.file && a.range.start === b.range.start;
}

function readIncluded(node: SourceNode, reader: ProjectReader, open: readonly string[]): SourceMap | null {
  const map = node.kind === 'map' ? node : null;
  if (map !== null) checkKeys(reader.findings, map, ['path', 'project_directory', 'env_file']);
  const path = map === null ? node : map.entries.get('path')?.value;
  const paths = path?.kind === 'list' ? path.items : path === undefined ? [] : [path];
  if (paths.length === 0 || paths.some((item) => textOf(item) === null)) {
    addValue(reader.findings, node, 'What is included is the path of a file, or a map with “path”.');
    return null;
  }
  const files = paths.flatMap((item) => {
    const file = readReferredFile(item, {}, reader);
    return file === undefined ? [] : [{ ...file, node: item }];
  });
  const [first] = files;
  if (first === undefined || !mayOpen(first.path, node, reader, open)) return null;
  const folder = folderFor(map, first.path, reader);
  for (const file of files) reader.files.setFolder(file.path, folder);
  const inner = innerReader(map, folder, reader);
  const trees = files.flatMap((file) => {
    const tree = readFileTree(file.content, file.path, inner);
    return tree === null ? [] : [applyExtends(tree, file.path, inner)];
  });
  const [main, ...overlays] = trees;
  if (main === undefined) return null;
  const merged = withoutResets(overlays.reduce((below, over) => reader.spend(mergeMaps(below, over, [])), main));
  return includeProjects(merged, inner, [...open, first.path]);
}

function mayOpen(path: string, node: SourceNode, { budget, findings }: ProjectReader, open: readonly string[]): boolean {
  if (open.includes(path)) {
    findings.add('compose-circle', { ...placeOf(node), message: `Files include each other in a circle: ${[...open, path].join(' → ')}.` });
    return false;
  }
  budget.files -= 1;
  if (budget.files >= 0) return true;
  if (budget.files === -1) findings.add('too-large', { ...placeOf(node), message: 'More than 50 files are included.' });
  return false;
}

/** From where paths in it are meant. */
function folderFor(map: SourceMap | null, path: string, { files }: ProjectReader): string {
  const given = map?.entries.get('project_directory');
  const written = textOf(given?.value);
  const resolved = given === undefined || written === null ? null : files.resolve(written, given.value.range.file);
  return resolved !== null && 'path' in resolved ? resolved.path : folderOf(path);
}

/** Its own environment file counts where this project has no value. */
function innerReader(map: SourceMap | null, folder: string, reader: ProjectReader): ProjectReader {
  const given = map?.entries.get('env_file')?.value;
  const nodes = given === undefined ? [] : given.kind === 'list' ? given.items : [given];
  const own = new Map<string, string>();
  const paths = nodes.flatMap((node) => readReferredFile(node, {}, reader)?.path ?? []);
  for (const path of given === undefined ? [folder === '' ? '.env' : `${folder}/.env`] : paths) {
    const before = (name: string) => reader.variable(name) ?? own.get(name);
    for (const [name, value] of readEnvFile(path, before, reader.files, reader.findings)) own.set(name, value);
  }
  return {
    ...reader,
    extended: new Map(),
    extendedFiles: new Map(),
    variable: (name) => reader.variable(name) ?? own.get(name),
  };
}
