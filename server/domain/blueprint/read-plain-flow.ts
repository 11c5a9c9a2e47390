import { YAML_LIMITS } from './check-yaml-tokens.ts';
import type { Findings } from './findings.ts';
import { isReservedKey } from './reserved-keys.ts';
import { entryAt, listAt, mapAt } from './source-builder.ts';
import type { SourceEntry, SourceNode } from './source-node.ts';
import { resolvePlain, toSourceScalar } from './to-source-scalar.ts';
import { resolveQuoted } from './yaml-scalars.ts';

export interface FlowReader {
  readonly text: string;
  values: number;
  readonly findings: Findings;
}

interface FlowPlace {
  readonly at: number;
  readonly path: string;
  readonly depth: number;
}

/**
 * `[80, "a"]`, `{ name: x, list: [] }`: items and values that are quoted, plain on one line, or flow values again. Null for what
 * is seldom written (pairs in lists, keys without value, comments inside, anchors, tags), which the library reads.
 */
export function readFlow(reader: FlowReader, place: FlowPlace): SourceNode | null {
  if (place.depth > YAML_LIMITS.depth || reader.values >= YAML_LIMITS.plainValues) return null;
  reader.values += 1;
  return reader.text[place.at] === '[' ? readFlowList(reader, place) : readFlowMap(reader, place);
}

function readFlowList(reader: FlowReader, { at, path, depth }: FlowPlace): SourceNode | null {
  const items: SourceNode[] = [];
  for (let next = skipBlank(reader.text, at + 1); ; ) {
    if (reader.text[next] === ']') return listAt({ start: at, end: next + 1 }, items);
    const item = readFlowItem(reader, { at: next, path: `${path}[${items.length}]`, depth: depth + 1 });
    if (item === null) return null;
    items.push(item);
    const after = afterItem(reader.text, item.range.end, ']');
    if (after === null) return null;
    next = after;
  }
}

function readFlowMap(reader: FlowReader, { at, path, depth }: FlowPlace): SourceNode | null {
  const entries: SourceEntry[] = [];
  const seen = new Set<string>();
  for (let next = skipBlank(reader.text, at + 1); ; ) {
    if (reader.text[next] === '}') return mapAt({ start: at, end: next + 1 }, entries);
    const key = /^(?:"[^"\\\n]*"|'[^'\n]*'|[^\s"'[\]{},:#&*!|>%@`?-][^\s[\]{},:#]*)(?=: )/.exec(reader.text.slice(next, next + 1000))?.[0];
    if (key === undefined) return null;
    const name = /^["']/.test(key) ? key.slice(1, -1) : key;
    if (seen.has(name) || name === '<<' || isReservedKey(name)) return null;
    seen.add(name);
    const below = path === '' ? name : `${path}.${name}`;
    const value = readFlowItem(reader, { at: skipBlank(reader.text, next + key.length + 1), path: below, depth: depth + 1 });
    if (value === null) return null;
    entries.push(entryAt({ start: next, end: next + key.length }, name, value));
    const after = afterItem(reader.text, value.range.end, '}');
    if (after === null) return null;
    next = after;
  }
}

function readFlowItem(reader: FlowReader, { at, path, depth }: FlowPlace): SourceNode | null {
  const { text } = reader;
  const first = text[at] ?? '';
  if (first === '[' || first === '{') return readFlow(reader, { at, path, depth });
  reader.values += 1;
  if (first === '"' || first === "'") {
    const pattern = first === '"' ? /"(?:[^"\\\n]|\\.)*"/y : /'(?:[^'\n]|'')*'/y;
    pattern.lastIndex = at;
    const quoted = pattern.exec(text)?.[0];
    const value = quoted === undefined ? null : resolveQuoted(quoted);
    if (quoted === undefined || value === null) return null;
    const range = { start: at, end: at + quoted.length };
    return toSourceScalar({ value, plain: false, source: value }, range, path, reader.findings);
  }
  const pattern = /[^\s"'[\]{},:#&*!|>%@`?-](?:[^\n[\]{},:#]*[^\s[\]{},:#])?|-[\w.](?:[^\n[\]{},:#]*[^\s[\]{},:#])?/y;
  pattern.lastIndex = at;
  const source = pattern.exec(text)?.[0];
  if (source === undefined) return null;
  const range = { start: at, end: at + source.length };
  return toSourceScalar({ value: resolvePlain(source), plain: true, source }, range, path, reader.findings);
}

/** Where the next item begins, or the closing bracket; null when neither a comma nor the bracket follows. */
function afterItem(text: string, end: number, close: string): number | null {
  const at = skipBlank(text, end);
  if (text[at] === close) return at;
  return text[at] === ',' ? skipBlank(text, at + 1) : null;
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r') at += 1;
  return at;
}
