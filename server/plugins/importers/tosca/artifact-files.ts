import { quoteText, type TextRange } from '../../../domain/blueprint/findings.ts';
import { entryAt, mapAt, scalarAt } from '../../../domain/blueprint/source-builder.ts';
import { type SourceEntry, textOf } from '../../../domain/blueprint/source-node.ts';
import { artifactPath, artifactPlace } from './artifact-place.ts';
import type { ArtifactDefinition } from './definitions.ts';
import { expressionAt } from './dsl-text.ts';
import { findFile, isUrl } from './find-file.ts';
import type { Environment } from './operations.ts';
import type { Template } from './template.ts';
import type { NodeTemplate } from './topology.ts';

export interface CopiedFiles {
  /** `files.preinstall`: source → place. */
  readonly config: readonly SourceEntry[];
  /** A variable for each artifact, with its path, as Brooklyn gives them to scripts. */
  readonly variables: Environment;
}

/**
 * Files of a node that are copied before anything else of it happens. A file of the archive is its own source (`data:`), since there is
 * nowhere to fetch it from later; of a folder, all files are.
 */
export function copiedFiles(node: NodeTemplate, template: Template): CopiedFiles {
  const files: SourceEntry[] = [];
  const variables: Environment = new Map();
  for (const artifact of node.artifacts.values()) {
    const name = textOf(artifact.file ?? undefined)?.trim() ?? '';
    if (name === '' || isImplementation(artifact, node)) continue;
    const range = artifact.file?.range ?? artifact.range;
    const sources = sourcesOf(name, range, template);
    if (sources.length === 0) continue;
    const place = artifactPlace(artifact.name);
    for (const { source, below } of sources) files.push(entryAt(range, source, scalarAt(range, `${place}${below}`)));
    variables.set(artifact.name, { value: expressionAt(range, artifactPath(artifact.name)), range });
  }
  return { config: files.length === 0 ? [] : [entryAt(node.range, 'files.preinstall', mapAt(node.range, files))], variables };
}

/** An artifact that an operation names is its script. */
function isImplementation(artifact: ArtifactDefinition, node: NodeTemplate): boolean {
  return [...node.interfaces.values()].some(({ operations }) =>
    [...operations.values()].some(({ implementation }) => implementation?.name === artifact.name),
  );
}

interface Source {
  readonly source: string;
  readonly below: string;
}

function sourcesOf(name: string, range: TextRange, template: Template): readonly Source[] {
  if (isUrl(name)) return [{ source: name, below: '' }];
  const found = findFile(name, range.file, template.input);
  if (found.found === 'text') return toData(found.text, '', range, template);
  const folder = `${(found.file ?? name).replace(/\/+$/, '')}/`;
  const inside = Object.entries(template.input.files ?? {}).filter(([file]) => file.startsWith(folder));
  if (inside.length > 0) return inside.flatMap(([file, text]) => toData(text, `/${file.slice(folder.length)}`, range, template));
  const message =
    found.found === 'binary'
      ? `The file ${quoteText(name)} is no text, and only texts of an archive are kept.`
      : `The file ${quoteText(name)} is not there.`;
  const hint = found.found === 'binary' ? 'Put it on a web server and give its URL.' : 'Put it into the archive, or give a URL.';
  template.findings.add('tosca-file', { range, path: '', message, hint });
  return [];
}

function toData(text: string, below: string, range: TextRange, { budget }: Template): readonly Source[] {
  if (!budget.spend(1 + text.length / 8, range)) return [];
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return [{ source: `data:text/plain;charset=utf-8;base64,${btoa(bytes)}`, below }];
}
