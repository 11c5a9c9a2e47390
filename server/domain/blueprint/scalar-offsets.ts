import { DSL_LIMITS } from './dsl-functions.ts';
import type { Findings } from './findings.ts';
import type { Locate } from './parse-dsl.ts';
import type { SourceEntry, SourceScalar } from './source-node.ts';

/**
 * Places of characters of a scalar's value in its file, through quotes, escapes, folded lines and indentation. Where that cannot be
 * told (a value that an importer made, a form of YAML not followed here) every place is the whole scalar.
 */
export function locateIn({ range, value, plain }: SourceScalar, findings: Findings): Locate {
  let offsets: readonly number[] | null | undefined;
  const bare = plain && findings.written(range) === value;
  return (start, end) => {
    if (bare) return { ...range, start: range.start + start, end: range.start + end };
    offsets ??= typeof value === 'string' ? valueOffsets(findings.written(range), value) : null;
    const from = offsets?.[start];
    const to = offsets?.[end];
    return from === undefined || to === undefined ? range : { ...range, start: range.start + from, end: range.start + to };
  };
}

/** Places in a key: exact where it stands without quotes. */
export function locateKey({ key, range }: SourceEntry): Locate {
  const bare = range.end - range.start === key.length;
  return (start, end) => (bare ? { ...range, start: range.start + start, end: range.start + end } : range);
}

/**
 * Where each UTF-16 unit of the value begins in a scalar as it is written in YAML, and where the last one ends; null when they do
 * not agree.
 */
export function valueOffsets(written: string, value: string): readonly number[] | null {
  if (value.length > DSL_LIMITS.length) return null;
  const read: Reading = { text: written, chars: [], offsets: [] };
  const inside = written.length - 1;
  if (written.startsWith("'")) readFlow(read, 1, inside, takeSingle);
  else if (written.startsWith('"')) readFlow(read, 1, inside, takeDouble);
  else if (/^[|>]/.test(written)) readBlock(read);
  else readFlow(read, 0, written.length);
  return read.chars.join('') === value ? read.offsets : null;
}

interface Reading {
  readonly text: string;
  readonly chars: string[];
  readonly offsets: number[];
}

function put({ chars, offsets }: Reading, text: string, at: number): void {
  for (const unit of text.split('')) {
    chars.push(unit);
    offsets.push(at);
  }
}

/** Steps over one character that stands for another; 0 where it stands for itself. */
type Take = (read: Reading, at: number) => number;

/** Lines of a flow scalar are folded: one break is a space, more are one fewer; spaces around breaks do not count. */
function readFlow(read: Reading, start: number, end: number, take: Take = () => 0): void {
  const { text } = read;
  for (let at = start; at < end; ) {
    const breaks = /[ \t]*\r?\n(?:[ \t]*(?:\r?\n)?)*/y;
    breaks.lastIndex = at;
    const found = breaks.exec(text)?.[0];
    if (found !== undefined) {
      const lines = found.split('\n').length - 1;
      const from = at + found.indexOf('\n');
      put(read, lines === 1 ? ' ' : '\n'.repeat(lines - 1), from);
      at += found.length;
      continue;
    }
    const taken = take(read, at);
    if (taken === 0) put(read, text[at] ?? '', at);
    at += taken || 1;
  }
  read.offsets.push(end);
}

function takeSingle(read: Reading, at: number): number {
  if (!read.text.startsWith("''", at)) return 0;
  put(read, "'", at);
  return 2;
}

const SIMPLE: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function takeDouble(read: Reading, at: number): number {
  const { text } = read;
  if (text[at] !== '\\') return 0;
  const joined = /\\\r?\n[ \t]*/y;
  joined.lastIndex = at;
  const found = joined.exec(text)?.[0];
  if (found !== undefined) return found.length;
  const name = text[at + 1] ?? '';
  const digits = HEX_DIGITS[name];
  if (digits === undefined) {
    put(read, SIMPLE[name] ?? name, at);
    return 2;
  }
  const code = Number.parseInt(text.slice(at + 2, at + 2 + digits), 16);
  put(read, Number.isNaN(code) || code > 0x10ffff ? '' : String.fromCodePoint(code), at);
  return 2 + digits;
}

/** `|` and `>` blocks. Lines lose the indentation of the first that has text; what the header says of chomping is kept to. */
function readBlock(read: Reading): void {
  const { text } = read;
  const header = /^[|>]([-+0-9]*)[^\n]*\n/.exec(text);
  if (header === null) return;
  const folded = text.startsWith('>');
  const lines = linesFrom(text, header[0].length);
  const indent = Number(/\d/.exec(header[1] ?? '')?.[0] ?? indentOf(lines.find((line) => line.text.trim() !== '')?.text ?? ''));
  const bodies = lines.map((line) => ({ text: line.text.slice(indent), at: line.at + Math.min(indent, line.text.length), end: line.end }));
  let last = bodies.length - 1;
  while (last >= 0 && (bodies[last]?.text ?? '') === '') last -= 1;
  let pending: number[] = [];
  let deeper = false;
  bodies.slice(0, last + 1).forEach((line, index) => {
    if (line.text === '') {
      pending.push(line.end);
      return;
    }
    const deep = /^[ \t]/.test(line.text);
    if (index > 0) putBreaks(read, pending, folded && !deep && !deeper);
    putLine(read, line.text, line.at);
    pending = [line.end];
    deeper = deep;
  });
  if (!header[1]?.includes('-') && last >= 0) put(read, '\n', bodies[last]?.end ?? text.length);
  if (header[1]?.includes('+')) for (const line of bodies.slice(last + 1)) if (line.end < text.length) put(read, '\n', line.end);
  read.offsets.push((read.offsets.at(-1) ?? -1) + 1);
}

/** `breaks`: where each line ended since the last that had text. */
function putBreaks(read: Reading, breaks: readonly number[], folds: boolean): void {
  if (folds && breaks.length === 1) put(read, ' ', breaks[0] ?? 0);
  else for (const at of folds ? breaks.slice(1) : breaks) put(read, '\n', at);
}

function putLine(read: Reading, text: string, at: number): void {
  for (let index = 0; index < text.length; index += 1) {
    read.chars.push(text[index] ?? '');
    read.offsets.push(at + index);
  }
}

function linesFrom(text: string, start: number): readonly { readonly text: string; readonly at: number; readonly end: number }[] {
  const lines = [];
  for (let at = start; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const stop = end < 0 ? text.length : end;
    lines.push({ text: text.slice(at, stop).replace(/\r$/, ''), at, end: stop });
    at = stop + 1;
  }
  return lines;
}

function indentOf(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0;
}
