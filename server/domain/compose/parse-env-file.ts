import { type Findings, quoteText, type TextRange } from '../blueprint/findings.ts';
import { interpolate } from './interpolate.ts';
import type { Pair } from './read-value.ts';

export interface EnvFileOptions {
  /** Its name, for findings. */
  readonly file: string;
  /** `raw`: values are taken as they are, quotes and dollar signs too. */
  readonly format: 'compose' | 'raw';
  readonly findings: Findings;
  /** Variables of the project, where the file itself has not set one before. */
  variable(name: string): string | undefined;
}

const KEY = /[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \t]*(=|(?=[\r\n]|$))/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', '"': '"', $: '$$' };

/**
 * Lines of `NAME=value` as Compose reads them: comments, quotes, escapes and variables. A name alone has no value: null. Texts between
 * double quotes may go over several lines.
 */
export function parseEnvFile(text: string, options: EnvFileOptions): readonly Pair[] {
  const pairs: Pair[] = [];
  const before = new Map<string, string>();
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    const end = endOfLine(text, at);
    const line = text.slice(at, end);
    if (/^\s*(?:#|$)/.test(line)) {
      at = end + 1;
      continue;
    }
    KEY.lastIndex = at;
    const match = KEY.exec(text);
    const key = match?.[1];
    if (match === null || key === undefined) {
      addLine(line, { start: at, end, file: options.file }, options);
      at = end + 1;
      continue;
    }
    const keyEnd = at + match[0].length;
    const keyStart = at + match[0].indexOf(key);
    const keyRange = { start: keyStart, end: keyStart + key.length, file: options.file, path: key };
    if (match[2] !== '=') {
      pairs.push({ key, value: null, keyRange, range: keyRange });
      at = end + 1;
      continue;
    }
    const read = readValue(text, keyEnd, options);
    const range = { start: keyEnd, end: read.end, file: options.file, path: key };
    const value = read.variables ? put(read.value, range, before, options) : read.value;
    before.set(key, value);
    pairs.push({ key, value, keyRange, range });
    at = endOfLine(text, read.end) + 1;
  }
  return pairs;
}

interface Value {
  readonly value: string;
  readonly end: number;
  /** Variables are put into it. */
  readonly variables: boolean;
}

function readValue(text: string, from: number, options: EnvFileOptions): Value {
  const end = endOfLine(text, from);
  if (options.format === 'raw') return { value: text.slice(from, end), end, variables: false };
  const indent = /[ \t]*/y;
  indent.lastIndex = from;
  const start = from + (indent.exec(text)?.[0].length ?? 0);
  const quote = text[start];
  if (quote === '"' || quote === "'") return readQuoted(text, start, quote, options);
  const value = text.slice(start, end).replace(/(^|\s)#.*$/, '');
  return { value: value.trimEnd(), end, variables: true };
}

function readQuoted(text: string, start: number, quote: '"' | "'", { file, findings }: EnvFileOptions): Value {
  let value = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text[at];
    if (char === quote) return { value, end: at + 1, variables: quote === '"' };
    const next = text[at + 1] ?? '';
    if (char === '\\' && quote === "'" && next === "'") {
      value += next;
      at += 1;
    } else if (char === '\\' && quote === '"' && Object.hasOwn(ESCAPES, next)) {
      value += ESCAPES[next];
      at += 1;
    } else value += char;
  }
  const range: TextRange = { start, end: endOfLine(text, start), file };
  findings.add('compose-file-format', { range, path: '', message: `The quote ${quote} is not closed.` });
  return { value, end: text.length, variables: false };
}

function put(value: string, range: TextRange, before: ReadonlyMap<string, string>, options: EnvFileOptions): string {
  const { text, problems } = interpolate(value, (name) => before.get(name) ?? options.variable(name));
  for (const { code, message, hint } of problems) {
    const quotes = code === 'compose-variable-required' ? hint : `${hint ?? ''} Between single quotes a “$” is only a dollar sign.`.trim();
    options.findings.add(code, { range, path: range.path ?? '', message, hint: quotes });
  }
  return text;
}

function addLine(line: string, range: TextRange, { findings }: EnvFileOptions): void {
  const message = `${quoteText(line.trim())} is not NAME=value.`;
  findings.add('compose-file-format', { range, path: '', message });
}

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  const end = newline < 0 ? text.length : newline;
  return end > from && text[end - 1] === '\r' ? end - 1 : end;
}
