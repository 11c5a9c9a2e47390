import { inFile } from '../../../domain/blueprint/findings.ts';
import { readYaml } from '../../../domain/blueprint/read-yaml.ts';
import type { SourceMap, SourceNode } from '../../../domain/blueprint/source-node.ts';
import { placeValues } from './place-values.ts';
import type { ProjectReader } from './project-reader.ts';

export const COMPOSE_TAGS = ['!reset', '!override'];

/** A further Compose file as values with places. Null, with a finding, for text that is none. */
export function readFileTree(text: string, file: string, reader: ProjectReader): SourceMap | null {
  reader.scopes.set(file, reader.variable);
  const findings = inFile(reader.findings, file);
  const source = readYaml(text, findings, COMPOSE_TAGS);
  if (source === null) return null;
  return placeTree(source, file, reader);
}

/** Fragments, which stand at the top below `x-…`, are left away: what uses them has them. */
export function placeTree(source: SourceNode, file: string | undefined, reader: ProjectReader): SourceMap | null {
  if (source.kind !== 'map') {
    const range = file === undefined ? source.range : { ...source.range, file };
    reader.findings.add('compose-file-format', { range, path: '', message: 'A Compose file is a map with “services”.' });
    return null;
  }
  const entries = new Map([...source.entries].filter(([key]) => !key.startsWith('x-')));
  const { findings, told } = reader;
  const placed = placeValues({ ...source, entries }, '', { file, findings, told, variable: (name) => reader.variable(name) });
  return placed.kind === 'map' ? placed : null;
}
