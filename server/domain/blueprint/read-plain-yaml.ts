import { YAML_LIMITS } from './check-yaml-tokens.ts';
import type { Findings } from './findings.ts';
import { type FlowReader, readFlow } from './read-plain-flow.ts';
import { isReservedKey } from './reserved-keys.ts';
import { entryAt, listAt, mapAt } from './source-builder.ts';
import type { SourceEntry, SourceNode } from './source-node.ts';
import { resolvePlain, toSourceScalar } from './to-source-scalar.ts';
import { resolveBlockText, resolveQuoted } from './yaml-scalars.ts';

/**
 * Reads the YAML that nearly all blueprints are written in: block maps and lists, plain, quoted and block texts, flow values;
 * about ten times faster than the library. Null for everything else (anchors, aliases, merge keys, tags, explicit keys, tabs,
 * repeated keys, several documents, all errors): then the library reads the text. What it gives is what the library gives: a test
 * compares them. The text has been checked for size and characters.
 */
export function readPlainYaml(text: string, findings: Findings): SourceNode | null {
  const lines = toLines(text);
  if (lines === null || lines.length === 0) return null;
  const held: Parameters<Findings['add']>[] = [];
  const reader: PlainReader = {
    text,
    lines,
    line: 0,
    values: 0,
    findings: { ...findings, add: (...finding) => void held.push(finding) },
  };
  try {
    const node = readNode(reader, place(reader), '', 1);
    if (reader.line < lines.length || node.kind === 'scalar') return null;
    for (const finding of held) findings.add(...finding);
    return node;
  } catch (error) {
    if (error === OTHER_YAML) return null;
    throw error;
  }
}

/** A line with content: where it begins and ends without blanks at both ends, and the column of the beginning. */
interface Line {
  readonly start: number;
  readonly end: number;
  readonly column: number;
}

interface PlainReader extends FlowReader {
  readonly text: string;
  /** Lines that are not blank; those of comments only are left out where they are none of a text's. */
  readonly lines: readonly Line[];
  /** The next line. */
  line: number;
  values: number;
  readonly findings: Findings;
}

/** Where a value begins: an offset, and its column. */
interface Place {
  readonly at: number;
  readonly column: number;
}

/** Thrown for what this reader does not read. */
const OTHER_YAML = Symbol('other yaml');

function other(): never {
  throw OTHER_YAML;
}

/** Null where tabs, markers of documents or directives stand. A leading `---` is stepped over. */
function toLines(text: string): readonly Line[] | null {
  if (text.includes('\t') || text.startsWith('\ufeff') || /\r(?!\n)/.test(text)) return null;
  const lines: Line[] = [];
  let marked = false;
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf('\n', from);
    const next = newline < 0 ? text.length : newline + 1;
    let start = from;
    while (text.charCodeAt(start) === SPACE) start += 1;
    let end = newline < 0 ? text.length : newline;
    while (end > start && (text.charCodeAt(end - 1) === SPACE || text.charCodeAt(end - 1) === RETURN)) end -= 1;
    if (start < end) {
      if (start === from && /^(?:---|\.\.\.|%)/.test(text.slice(from, from + 3))) {
        const isFirst = lines.every((line) => text.charCodeAt(line.start) === HASH);
        if (!isFirst || marked || text.slice(from, end) !== '---') return null;
        marked = true;
      } else lines.push({ start, end, column: start - from });
    }
    from = next;
  }
  return lines;
}

const SPACE = 32;
const RETURN = 13;
const HASH = 35;

/** The beginning of the next line that is no comment. */
function place(reader: PlainReader): Place {
  skipComments(reader);
  const line = reader.lines[reader.line];
  return line === undefined ? other() : { at: line.start, column: line.column };
}

function skipComments(reader: PlainReader): Line | undefined {
  for (;;) {
    const line = reader.lines[reader.line];
    if (line === undefined || reader.text.charCodeAt(line.start) !== HASH) return line;
    reader.line += 1;
  }
}

function lineOf(reader: PlainReader): Line {
  return reader.lines[reader.line] ?? other();
}

/** A map or list in block style, or a scalar, at `place` of the current line; afterwards the current line is the first behind it. */
function readNode(reader: PlainReader, at: Place, path: string, depth: number): SourceNode {
  if (depth > YAML_LIMITS.depth) other();
  if (isDash(reader.text, at.at)) return readList(reader, at, path, depth);
  const key = keyAt(reader, at.at, lineOf(reader).end);
  return key === null ? readScalar(reader, { ...at, parent: at.column - 1 }, path, depth) : readMap(reader, at, path, depth);
}

function isDash(text: string, at: number): boolean {
  const next = text[at + 1];
  return text[at] === '-' && (next === ' ' || next === '\n' || next === '\r' || next === undefined);
}

function readList(reader: PlainReader, { at, column }: Place, path: string, depth: number): SourceNode {
  const items: SourceNode[] = [];
  for (let dash = at; ; ) {
    items.push(readItem(reader, { at: dash, column }, `${path}[${items.length}]`, depth));
    const line = skipComments(reader);
    if (line === undefined || line.column < column) break;
    if (line.column > column) other();
    if (!isDash(reader.text, line.start)) break;
    dash = line.start;
  }
  count(reader);
  return listAt({ start: at, end: items.at(-1)?.range.end ?? at }, items);
}

function readItem(reader: PlainReader, { at, column }: Place, path: string, depth: number): SourceNode {
  const { end } = lineOf(reader);
  const inner = skipSpaces(reader.text, at + 1, end);
  if (inner < end && reader.text.charCodeAt(inner) !== HASH) {
    const innerColumn = column + (inner - at);
    const isNested = isDash(reader.text, inner) || keyAt(reader, inner, end) !== null;
    if (isNested) return readNode(reader, { at: inner, column: innerColumn }, path, depth + 1);
    return readScalar(reader, { at: inner, column: innerColumn, parent: column }, path, depth + 1);
  }
  reader.line += 1;
  const next = skipComments(reader);
  if (next !== undefined && next.column > column) return readNode(reader, { at: next.start, column: next.column }, path, depth + 1);
  return nothing(reader, at + 1, path);
}

function readMap(reader: PlainReader, { at, column }: Place, path: string, depth: number): SourceNode {
  const entries: SourceEntry[] = [];
  const seen = new Set<string>();
  for (let from = at; ; ) {
    const key = keyAt(reader, from, lineOf(reader).end) ?? other();
    if (seen.has(key.text) || key.text === '<<' || isReservedKey(key.text) || seen.size >= YAML_LIMITS.keysPerMap) other();
    seen.add(key.text);
    const below = path === '' ? key.text : `${path}.${key.text}`;
    const value = readMapValue(reader, { colon: key.colon, column }, below, depth);
    entries.push(entryAt({ start: from, end: key.end }, key.text, value));
    const line = skipComments(reader);
    if (line === undefined || line.column < column) break;
    if (line.column > column || isDash(reader.text, line.start)) other();
    from = line.start;
  }
  count(reader);
  return mapAt({ start: at, end: entries.at(-1)?.value.range.end ?? at }, entries);
}

function readMapValue(
  reader: PlainReader,
  { colon, column }: { readonly colon: number; readonly column: number },
  path: string,
  depth: number,
): SourceNode {
  const { start, end, column: lineColumn } = lineOf(reader);
  const at = skipSpaces(reader.text, colon + 1, end);
  if (at < end && reader.text.charCodeAt(at) !== HASH) {
    if (isDash(reader.text, at)) other();
    return readScalar(reader, { at, column: lineColumn + (at - start), parent: column }, path, depth + 1);
  }
  reader.line += 1;
  const next = skipComments(reader);
  if (next !== undefined) {
    const isList = next.column === column && isDash(reader.text, next.start);
    if (next.column > column || isList) return readNode(reader, { at: next.start, column: next.column }, path, depth + 1);
  }
  return nothing(reader, colon + 1, path);
}

function nothing(reader: PlainReader, at: number, path: string): SourceNode {
  count(reader);
  return toSourceScalar({ value: null, plain: true, source: '' }, { start: at, end: at }, path, reader.findings);
}

interface Key {
  readonly text: string;
  /** Behind the key as written. */
  readonly end: number;
  readonly colon: number;
}

/** The key that begins at `at` and ends on this line with a colon; null when a scalar begins there. */
function keyAt(reader: PlainReader, at: number, end: number): Key | null {
  const { text } = reader;
  const first = text[at] ?? '';
  if (first === '"' || first === "'") {
    const close = closingQuote(text, at, end);
    if (close < 0) return null;
    const colon = skipSpaces(text, close, end);
    if (text[colon] !== ':') return null;
    if (!isSeparator(text, colon + 1, end)) other();
    return { text: resolveQuoted(text.slice(at, close)) ?? other(), end: close, colon };
  }
  if (first === '[' || first === '{' || first === '|' || first === '>') return null;
  if (/[&*!%@`#,\]}]/.test(first) || (/[?:]/.test(first) && isSeparator(text, at + 1, end))) other();
  const line = text.slice(at, end);
  const colon = /:(?: |$)/.exec(line)?.index;
  if (colon === undefined) return null;
  const comment = line.indexOf(' #');
  if (comment >= 0 && comment < colon) return null;
  if (colon > 1000) other();
  const key = withoutBlanks(line.slice(0, colon));
  return { text: key, end: at + key.length, colon: at + colon };
}

function isSeparator(text: string, at: number, end: number): boolean {
  return at >= end || text.charCodeAt(at) === SPACE;
}

function skipSpaces(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && text.charCodeAt(at) === SPACE) at += 1;
  return at;
}

/** Behind the quote that closes the one at `at`, before `end`; negative where there is none. */
function closingQuote(text: string, at: number, end: number): number {
  const quote = text[at];
  for (let to = at + 1; to < end; to += 1) {
    if (text[to] === '\\' && quote === '"') to += 1;
    else if (text[to] === quote) {
      if (quote === "'" && text[to + 1] === "'") to += 1;
      else return to + 1;
    }
  }
  return -1;
}

interface ScalarPlace extends Place {
  /** Column of the map or list that holds it: what continues it is indented more. */
  readonly parent: number;
}

function readScalar(reader: PlainReader, at: ScalarPlace, path: string, depth: number): SourceNode {
  const first = reader.text[at.at] ?? '';
  if (first === '[' || first === '{') return readFlowValue(reader, at, path, depth);
  count(reader);
  if (first === '"' || first === "'") return readQuoted(reader, at, path);
  if (first === '|' || first === '>') return readBlockText(reader, at, path);
  return readPlainText(reader, at, path);
}

function readFlowValue(reader: PlainReader, { at, parent }: ScalarPlace, path: string, depth: number): SourceNode {
  const node = readFlow(reader, { at, path, depth }) ?? other();
  endOn(reader, node.range.end, parent);
  return node;
}

function readQuoted(reader: PlainReader, { at, parent }: ScalarPlace, path: string): SourceNode {
  const close = closingQuote(reader.text, at, reader.text.length);
  if (close < 0) other();
  const value = resolveQuoted(reader.text.slice(at, close)) ?? other();
  endOn(reader, close, parent);
  return toSourceScalar({ value, plain: false, source: value }, { start: at, end: close }, path, reader.findings);
}

/** Makes the line behind the one on which a value ended the current one; the lines of the value are indented, nothing stands behind it. */
function endOn(reader: PlainReader, end: number, parent: number): void {
  while (lineOf(reader).end < end) {
    reader.line += 1;
    if (lineOf(reader).column <= parent) other();
  }
  const { end: lineEnd } = lineOf(reader);
  const rest = skipSpaces(reader.text, end, lineEnd);
  if (rest < lineEnd && (reader.text.charCodeAt(rest) !== HASH || rest === end)) other();
  reader.line += 1;
}

function readBlockText(reader: PlainReader, { at, parent }: ScalarPlace, path: string): SourceNode {
  const { text } = reader;
  const header = /^[|>]-?(?= *(?:$| #))/.exec(text.slice(at, lineOf(reader).end))?.[0] ?? other();
  const begin = text.indexOf('\n', lineOf(reader).end) + 1;
  reader.line += 1;
  const first = reader.lines[reader.line];
  if (begin === 0 || first === undefined || first.column <= parent) other();
  if (/\n {2,}\r?\n/.test(text.slice(begin - 1, first.start)) && hasDeeperBlank(text.slice(begin, first.start), first.column)) other();
  let last = first;
  for (let line = reader.lines[reader.line]; line !== undefined && line.column >= first.column; line = reader.lines[reader.line]) {
    last = line;
    reader.line += 1;
  }
  const after = reader.lines[reader.line];
  if (after !== undefined && after.column > parent) other();
  const newline = text.indexOf('\n', last.end);
  const end = newline < 0 ? text.length : newline + 1;
  const value = resolveBlockText(header, text.slice(begin, end)) ?? other();
  return toSourceScalar({ value, plain: false, source: value }, { start: at, end }, path, reader.findings);
}

function hasDeeperBlank(blank: string, column: number): boolean {
  return blank
    .split('\n')
    .slice(0, -1)
    .some((line) => line.replace('\r', '').length > column);
}

function readPlainText(reader: PlainReader, { at, parent }: ScalarPlace, path: string): SourceNode {
  const { text } = reader;
  const line = lineOf(reader);
  if (/^(?:[&*!%@`,\]}#]|[-?:](?: |$))/.test(text.slice(at, at + 2).trimEnd()) || isDash(text, at)) other();
  let end = plainEnd(text, at, line.end);
  let parts: string[] | null = null;
  reader.line += 1;
  if (end < line.end) return plain(text.slice(at, end));
  for (let next = reader.lines[reader.line]; next !== undefined && next.column > parent; next = reader.lines[reader.line]) {
    if (text.charCodeAt(next.start) === HASH) other();
    parts ??= [text.slice(at, end)];
    const until = plainEnd(text, next.start, next.end);
    const between = text.slice(end, next.start).split('\n').length - 1;
    parts.push(between === 1 ? ' ' : '\n'.repeat(between - 1), text.slice(next.start, until));
    end = until;
    reader.line += 1;
    if (until < next.end) break;
  }
  return plain(parts?.join('') ?? text.slice(at, end));

  function plain(source: string): SourceNode {
    const behind = skipComments(reader);
    if (behind !== undefined && behind.column > parent) other();
    return toSourceScalar({ value: resolvePlain(source), plain: true, source }, { start: at, end }, path, reader.findings);
  }
}

/** Where a plain text ends on a line: before a comment; a key within it is for the library to refuse. */
function plainEnd(text: string, at: number, lineEnd: number): number {
  const line = text.slice(at, lineEnd);
  const comment = line.indexOf(' #');
  const plain = withoutBlanks(comment < 0 ? line : line.slice(0, comment));
  if (/:(?: |$)/.test(plain)) other();
  return at + plain.length;
}

/** Only blanks and tabs are none of a text in YAML: other white space at its end belongs to it. */
function withoutBlanks(text: string): string {
  const short = text.trimEnd();
  if (/[^ \t\r]/.test(text.slice(short.length))) other();
  return short;
}

function count(reader: PlainReader): void {
  reader.values += 1;
  if (reader.values > YAML_LIMITS.plainValues) other();
}
