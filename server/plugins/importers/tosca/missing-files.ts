import type { ForeignBlueprint } from '../../../domain/blueprint/blueprint-importer.ts';
import { createFindings } from '../../../domain/blueprint/findings.ts';
import { type SourceMap, type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import { findFile } from './find-file.ts';
import { loadTemplates, missingImports } from './load-templates.ts';

/** Keys whose text is the name of a file. */
const FILE_KEYS = ['implementation', 'primary', 'file', 'create', 'configure', 'start', 'stop', 'delete'];

/** Files that a template, or one that it imports, refers to and that are not there, by path relative to the main one. */
export function missingFiles(read: ForeignBlueprint, source: SourceMap): readonly string[] {
  const quiet = { ...read, findings: createFindings(read.input) };
  const { files: templates } = loadTemplates(quiet, source);
  const missing = new Set(missingImports(quiet, templates));
  for (const template of templates) for (const name of namesIn(template.source)) addFile(name, template.file, read, missing);
  return [...missing];
}

function addFile(name: string, from: string | undefined, { input }: ForeignBlueprint, missing: Set<string>): void {
  const found = findFile(name, from, input);
  if (found.found === 'nothing' && found.file !== null && found.file !== '') missing.add(found.file);
}

/** Texts that may name a file: those of operations and artifacts. */
function namesIn(source: SourceMap): ReadonlySet<string> {
  const names = new Set<string>();
  const pending: SourceNode[] = [source];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'list') for (const item of node.items) pending.push(item);
    if (node.kind !== 'map') continue;
    for (const { key, value } of node.entries.values()) {
      const text = textOf(value)?.trim() ?? '';
      if (value.kind !== 'scalar') pending.push(value);
      else if ((FILE_KEYS.includes(key) || /_(?:source|target)$/.test(key)) && /^[^\s${}]+\.[A-Za-z0-9]+$/.test(text)) names.add(text);
    }
  }
  return names;
}
