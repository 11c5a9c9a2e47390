import type { ForeignBlueprint } from '../../../domain/blueprint/blueprint-importer.ts';
import type { BlueprintInput } from '../../../domain/blueprint/blueprint-input.ts';
import { inFile, quoteText, type TextRange } from '../../../domain/blueprint/findings.ts';
import { nearestNames, sayNearest } from '../../../domain/blueprint/nearest-name.ts';
import { readYaml } from '../../../domain/blueprint/read-yaml.ts';
import { type SourceMap, type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import { type Dialect, readDialect } from './dialects.ts';
import { findFile, isUrl } from './find-file.ts';
import { placeSource } from './place-source.ts';
import { itemsOf } from './read-values.ts';

/** A template, or one that it imports. The main one comes first. */
export interface TemplateFile {
  /** As in `BlueprintInput.files`; undefined for the main one. */
  readonly file: string | undefined;
  readonly source: SourceMap;
  /** Before the names of its types, where it is imported with one. */
  readonly prefix: string | null;
  readonly dialect: Dialect;
}

/** Archives of Alien4Cloud and Brooklyn whose types are known here. */
const KNOWN_ARCHIVES = ['tosca-normative-types', 'brooklyn-types', 'alien-base-types', 'tosca-simple-profile'];
const ARCHIVE = /^([\w.-]+):([\w.-]+)$/;
const MOST_FILES = 200;

export interface LoadedTemplates {
  readonly files: readonly TemplateFile[];
  /** Something that is imported is not there: what is unknown may be in it. */
  readonly incomplete: boolean;
}

/** Reads the main template and, from the other files of the input, what it imports, each once. Nothing is downloaded. */
export function loadTemplates(read: ForeignBlueprint, main: SourceMap): LoadedTemplates {
  const { findings, input } = read;
  let incomplete = false;
  const files: TemplateFile[] = [{ file: undefined, source: placeSource(main, null), prefix: null, dialect: readDialect(main, findings) }];
  const known = new Set<string>();
  const findImport = createImportFinder(input);
  for (const from of files) {
    for (const wanted of importsOf(from, read)) {
      const found = findImport(wanted, from.file);
      if (found === 'known') continue;
      if (found === null) {
        addMissing(wanted, read);
        incomplete = true;
        continue;
      }
      const key = `${wanted.prefix ?? ''} ${found.file}`;
      if (known.has(key)) continue;
      known.add(key);
      if (known.size > MOST_FILES) {
        const message = `The template imports more than ${MOST_FILES} files.`;
        findings.add('tosca-too-large', { range: wanted.range, path: 'imports', message });
        return { files, incomplete: true };
      }
      const source = readYaml(found.text, inFile(findings, found.file));
      if (source?.kind !== 'map') {
        if (source !== null) addNoTemplate(found.file, read);
        incomplete = true;
        continue;
      }
      const dialect = readDialect(source, inFile(findings, found.file));
      files.push({ file: found.file, source: placeSource(source, found.file), prefix: wanted.prefix ?? from.prefix, dialect });
    }
  }
  return { files, incomplete };
}

interface Import {
  readonly name: string;
  readonly range: TextRange;
  readonly prefix: string | null;
}

/** `- FILE`, `- name: FILE`, `- { file, repository, namespace_prefix }` or `- name: { file, … }`. */
function importsOf({ source }: TemplateFile, { findings }: ForeignBlueprint): readonly Import[] {
  return itemsOf(source.entries.get('imports'), findings).flatMap((item) => {
    const given = toImport(item);
    if (given === null) {
      findings.add('value-kind', { range: item.range, path: 'imports', message: 'An import is the name of a file, or a map with “file”.' });
      return [];
    }
    return [given];
  });
}

function toImport(item: SourceNode): Import | null {
  const name = textOf(item);
  if (name !== null) return { name: name.trim(), range: item.range, prefix: null };
  if (item.kind !== 'map') return null;
  const file = item.entries.get('file')?.value;
  if (file !== undefined) {
    const path = textOf(file);
    return path === null ? null : { name: path.trim(), range: file.range, prefix: prefixOf(item) };
  }
  const [only, ...more] = [...item.entries.values()];
  return only === undefined || more.length > 0 ? null : toImport(only.value);
}

function prefixOf(map: SourceMap): string | null {
  return textOf((map.entries.get('namespace_prefix') ?? map.entries.get('namespace'))?.value);
}

type ImportFinder = (wanted: Import, from: string | undefined) => { readonly file: string; readonly text: string } | 'known' | null;

/** Alien4Cloud imports `name:version`, by the name that a template gives itself. */
function createImportFinder(input: BlueprintInput): ImportFinder {
  let archives: ReadonlyMap<string, string> | null = null;
  return ({ name }, from) => {
    const file = findFile(name, from, input);
    if (file.found === 'text') return file;
    const archive = ARCHIVE.exec(name)?.[1] ?? name;
    if (KNOWN_ARCHIVES.includes(archive)) return 'known';
    if (archive === name) return null;
    archives ??= archiveFiles(input);
    const named = archives.get(archive);
    return named === undefined ? null : { file: named, text: input.files?.[named] ?? '' };
  };
}

function archiveFiles({ files = {} }: BlueprintInput): ReadonlyMap<string, string> {
  const named = Object.entries(files).flatMap(([file, text]) => {
    const name = /\.ya?ml$/i.test(file) ? /^[ \t]*template_name[ \t]*:[ \t]*["']?([^\s"'#]+)/m.exec(text)?.[1] : undefined;
    return name === undefined ? [] : [[name, file] as const];
  });
  return new Map(named.toReversed());
}

function addMissing({ name, range }: Import, { findings, input }: ForeignBlueprint): void {
  const near = nearestNames(name, Object.keys(input.files ?? {}));
  const hint = isUrl(name)
    ? 'Nothing is downloaded: put the file beside the template, and import it by its name.'
    : ARCHIVE.test(name)
      ? `Put the template that calls itself ${quoteText(name.split(':')[0] ?? name)} into the archive.`
      : (sayNearest(near) ?? 'Put the file beside the template, or into the archive.');
  findings.add('tosca-import', { range, path: 'imports', message: `The import ${quoteText(name)} is not there.`, hint });
}

function addNoTemplate(file: string, { findings }: ForeignBlueprint): void {
  findings.add('tosca-import', {
    range: { start: 0, end: 0, file },
    path: '',
    message: `${quoteText(file)} is no template: it is no map.`,
  });
}

/** Imports that the input does not have and that may be found on a disk, by path relative to the main file. */
export function missingImports(read: ForeignBlueprint, files: readonly TemplateFile[]): readonly string[] {
  const findImport = createImportFinder(read.input);
  return files.flatMap((from) =>
    importsOf(from, read).flatMap((wanted) => {
      if (findImport(wanted, from.file) !== null || ARCHIVE.test(wanted.name)) return [];
      const { file } = findFile(wanted.name, from.file, read.input);
      return file === null ? [] : [file];
    }),
  );
}
