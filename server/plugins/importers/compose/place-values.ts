import { type Findings, joinPath, type TextRange } from '../../../domain/blueprint/findings.ts';
import type { SourceEntry, SourceNode, SourceScalar } from '../../../domain/blueprint/source-node.ts';
import { type InterpolationProblem, interpolate } from '../../../domain/compose/interpolate.ts';

export interface PlaceOptions {
  /** Name of the file; undefined for the main text. */
  readonly file: string | undefined;
  readonly findings: Findings;
  /** Variables that were told to be missing; each is told once. */
  readonly told: Set<string>;
  variable(name: string): string | undefined;
}

/** The values of one file with their path in it, and variables put in. Keys stay as they are. */
export function placeValues(node: SourceNode, path: string, options: PlaceOptions): SourceNode {
  const range = rangeAt(node.range, path, options);
  if (node.kind === 'scalar') return typeof node.value === 'string' ? putVariables({ ...node, range }, options) : { ...node, range };
  if (node.kind === 'list') {
    return { ...node, range, items: node.items.map((item, index) => placeValues(item, joinPath(path, index), options)) };
  }
  const entries = [...node.entries.values()].map((entry): readonly [string, SourceEntry] => {
    const below = joinPath(path, entry.key);
    return [entry.key, { key: entry.key, range: rangeAt(entry.range, below, options), value: placeValues(entry.value, below, options) }];
  });
  return { ...node, range, entries: new Map(entries) };
}

function rangeAt({ start, end }: TextRange, path: string, { file }: PlaceOptions): TextRange {
  return file === undefined ? { start, end, path } : { start, end, file, path };
}

function putVariables(node: SourceScalar, options: PlaceOptions): SourceScalar {
  const written = String(node.value);
  const { text, problems } = interpolate(written, (name) => options.variable(name));
  for (const problem of problems) addProblem(problem, node, options);
  return text === written ? node : { ...node, value: text, source: text };
}

function addProblem(problem: InterpolationProblem, node: SourceScalar, { findings, told }: PlaceOptions): void {
  const { code, message, hint, start, end, replacement } = problem;
  if (code === 'compose-variable-unset') {
    if (told.has(message)) return;
    told.add(message);
  }
  // Only in a plain text of one line do offsets in the value tell offsets in the file.
  const exact = node.plain && node.source === node.value;
  const range = exact ? { ...node.range, start: node.range.start + start, end: node.range.start + end } : node.range;
  const fix = exact && replacement !== undefined ? { title: 'Let it be empty', text: replacement } : undefined;
  findings.add(code, { range, path: range.path ?? '', message, hint, fix });
}
