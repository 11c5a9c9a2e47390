import { ClockerError } from '../shared/clocker-error.ts';
import { DSL_LIMITS, DSL_PREFIX } from './dsl-functions.ts';
import type { ArgumentNode, CallNode, DslTree } from './dsl-tree.ts';
import { quoteText, type TextRange } from './findings.ts';

export interface DslRefusal {
  readonly ok: false;
  readonly code: 'dsl-syntax' | 'dsl-limit';
  readonly message: string;
  /** From the beginning of the text that was given. */
  readonly offset: number;
  /** From there to the end of the text. */
  readonly range: TextRange;
}

export type DslParse = { readonly ok: true; readonly tree: DslTree } | DslRefusal;

/**
 * What a map key says: a whole expression (`$brooklyn:sensor("url")`), or calls of which the last, `open`, takes its arguments from
 * the value below the key (`$brooklyn:formatString`).
 */
export type DslKeyParse =
  | { readonly ok: true; readonly tree: DslTree; readonly open: null }
  | { readonly ok: true; readonly tree: DslTree; readonly open: Pick<CallNode, 'name' | 'nameRange'> }
  | DslRefusal;

/** Where characters of the expression stand: offsets in it become a range in the file. */
export type Locate = (start: number, end: number) => TextRange;

const here: Locate = (start, end) => ({ start, end });

/**
 * Reads `$brooklyn:fn("text", other(1), word).fn2()[0].property`. Quoted text has Java's escapes; a bare word is text too, as in
 * Brooklyn; nested calls may have the prefix or not. Takes time linear in the text and never throws.
 */
export function parseDsl(text: string, locate: Locate = here): DslParse {
  return guard(text, locate, (scanner) => {
    const tree = readExpression(scanner, 1);
    scanner.skipSpace();
    if (scanner.at < text.length) scanner.fail(`expected the end${afterEnd(text, scanner.at)}`);
    return { ok: true, tree };
  });
}

export function parseDslKey(text: string, locate: Locate = here): DslKeyParse {
  return guard(text, locate, (scanner): DslKeyParse & { readonly ok: true } => {
    scanner.take(DSL_PREFIX);
    const calls: CallNode[] = [];
    const end = text.trimEnd().length;
    for (;;) {
      scanner.skipSpace();
      const start = scanner.at;
      const name = readName(scanner);
      const nameRange = scanner.range(start, scanner.at);
      if (scanner.at === end) return { ok: true, tree: { range: scanner.range(0, end), calls }, open: { name, nameRange } };
      readLinks(scanner, { calls, name, nameRange, start }, 1);
      if (scanner.at >= end) return { ok: true, tree: { range: scanner.range(0, end), calls }, open: null };
      if (!scanner.take('.')) scanner.fail('expected “.” or the end of the key');
    }
  });
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
  ['"', '"'],
  ["'", "'"],
  ['/', '/'],
  ['\\', '\\'],
]);

interface Scanner {
  readonly text: string;
  at: number;
  range: Locate;
  skipSpace(): void;
  /** Steps over `expected` when it comes next. */
  take(expected: string): boolean;
  /** Steps over what the sticky pattern matches here. */
  match(pattern: RegExp): string | null;
  fail(message: string, code?: DslRefusal['code']): never;
  refusal: Pick<DslRefusal, 'code' | 'message' | 'offset'> | null;
}

/** Runs a reader; what its scanner refused becomes an answer. */
function guard<T extends { readonly ok: true }>(text: string, locate: Locate, read: (scanner: Scanner) => T): T | DslRefusal {
  if (text.length > DSL_LIMITS.length) {
    const message = `The expression has ${text.length} characters; the limit is ${DSL_LIMITS.length}.`;
    return { ok: false, code: 'dsl-limit', message, offset: 0, range: locate(0, text.length) };
  }
  const scanner = createScanner(text, locate);
  try {
    return read(scanner);
  } catch (error) {
    if (scanner.refusal === null) throw error;
    const { code, message, offset } = scanner.refusal;
    const place = quoteText(`${text.slice(Math.max(0, offset - 30), offset)}▲${text.slice(offset, offset + 30)}`);
    const range = locate(Math.min(offset, Math.max(0, text.length - 1)), text.length);
    return { ok: false, code, message: `At character ${offset + 1}, ${place}: ${message}.`, offset, range };
  }
}

function createScanner(text: string, range: Locate): Scanner {
  return {
    text,
    at: 0,
    range,
    refusal: null,
    skipSpace() {
      this.match(/\s+/y);
    },
    take(expected) {
      if (!text.startsWith(expected, this.at)) return false;
      this.at += expected.length;
      return true;
    },
    match(pattern) {
      pattern.lastIndex = this.at;
      const found = pattern.exec(text)?.[0] ?? null;
      if (found !== null) this.at += found.length;
      return found;
    },
    fail(message, code = 'dsl-syntax') {
      this.refusal = { code, message, offset: this.at };
      throw new ClockerError('blueprint.invalid', { message });
    },
  };
}

function readExpression(scanner: Scanner, depth: number): DslTree {
  if (depth > DSL_LIMITS.depth) scanner.fail(`expressions are nested deeper than ${DSL_LIMITS.depth}`, 'dsl-limit');
  const from = scanner.at;
  scanner.take(DSL_PREFIX);
  const calls: CallNode[] = [];
  do {
    scanner.skipSpace();
    const start = scanner.at;
    const name = readName(scanner);
    readLinks(scanner, { calls, name, nameRange: scanner.range(start, scanner.at), start }, depth);
  } while (scanner.take('.'));
  let end = scanner.at;
  while (/\s/.test(scanner.text[end - 1] ?? '')) end -= 1;
  return { range: scanner.range(from, end), calls };
}

interface Named {
  readonly calls: CallNode[];
  readonly name: string;
  readonly nameRange: TextRange;
  readonly start: number;
}

/** After a name: its arguments, or nothing where it is a property; then any number of `[index]`. Leaves the scanner after spaces. */
function readLinks(scanner: Scanner, { calls, name, nameRange, start }: Named, depth: number): void {
  const end = scanner.at;
  scanner.skipSpace();
  if (scanner.text[scanner.at] === '(') {
    const args = readArguments(scanner, depth);
    calls.push({ name, nameRange, range: scanner.range(start, scanner.at), args });
  } else if (calls.length > 0) {
    calls.push({ name: '[]', nameRange, range: nameRange, args: [{ kind: 'value', range: scanner.range(start, end), value: name }] });
  } else scanner.fail('expected “(”');
  scanner.skipSpace();
  while (scanner.text[scanner.at] === '[') {
    const opening = scanner.at;
    scanner.at += 1;
    scanner.skipSpace();
    const argument = readArgument(scanner, depth);
    scanner.skipSpace();
    if (!scanner.take(']')) scanner.fail('expected “]”');
    const range = scanner.range(opening, scanner.at);
    calls.push({ name: '[]', nameRange: range, range, args: [argument] });
    scanner.skipSpace();
  }
}

function readName(scanner: Scanner): string {
  return scanner.match(/(?:function\.)?[A-Za-z_]\w*/y) ?? scanner.fail('expected the name of a function');
}

function readArguments(scanner: Scanner, depth: number): readonly ArgumentNode[] {
  scanner.take('(');
  scanner.skipSpace();
  if (scanner.take(')')) return [];
  const args: ArgumentNode[] = [];
  for (;;) {
    scanner.skipSpace();
    args.push(readArgument(scanner, depth));
    scanner.skipSpace();
    if (scanner.take(')')) return args;
    if (!scanner.take(',')) scanner.fail('expected “,” or “)”');
  }
}

function readArgument(scanner: Scanner, depth: number): ArgumentNode {
  const start = scanner.at;
  if (scanner.text[start] === '"') {
    const value = readQuoted(scanner);
    return { kind: 'value', range: scanner.range(start, scanner.at), value };
  }
  if (scanner.text.startsWith(DSL_PREFIX, start)) return { kind: 'expression', ...readExpression(scanner, depth + 1) };
  const word = scanner.match(/[^\s,()"[\]]+/y);
  if (word === null) return scanner.fail('expected an argument');
  const end = scanner.at;
  scanner.skipSpace();
  const isCall = scanner.text[scanner.at] === '(' && /^(?:function\.)?[A-Za-z_]\w*$/.test(word);
  scanner.at = isCall ? start : end;
  if (isCall) return { kind: 'expression', ...readExpression(scanner, depth + 1) };
  return { kind: 'value', range: scanner.range(start, end), value: word };
}

function readQuoted(scanner: Scanner): string {
  const opening = scanner.at;
  const parts: string[] = [];
  scanner.at += 1;
  for (;;) {
    parts.push(scanner.match(/[^"\\]+/y) ?? '');
    if (scanner.take('"')) return parts.join('');
    const sequence = scanner.match(/\\(?:u[0-9a-fA-F]{4}|.)/sy);
    if (sequence === null) {
      scanner.at = opening;
      return scanner.fail('the quoted text has no end');
    }
    parts.push(
      toCharacter(sequence) ??
        failAt(scanner, scanner.at - sequence.length, `${quoteText(sequence)} is no escape; write \\\\ for a backslash`),
    );
  }
}

function toCharacter(sequence: string): string | undefined {
  if (sequence.length === 6) return String.fromCharCode(Number.parseInt(sequence.slice(2), 16));
  return ESCAPES.get(sequence.slice(1));
}

function failAt(scanner: Scanner, offset: number, message: string): never {
  scanner.at = offset;
  return scanner.fail(message);
}

function afterEnd(text: string, at: number): string {
  return text[at] === ')' ? ': there is a “)” too many' : ' of the expression';
}
