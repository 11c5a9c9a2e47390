import { ClockerError } from '../shared/clocker-error.ts';
import type { DslCall, DslExpression } from './config-value.ts';
import { DSL_LIMITS, DSL_PREFIX } from './dsl-functions.ts';
import { quoteText } from './findings.ts';

export type DslArgument = DslCall['args'][number];

export type DslParse =
  | { readonly ok: true; readonly expression: DslExpression }
  /** `offset` counts from the beginning of the text that was given. */
  | {
      readonly ok: false;
      readonly code: 'dsl-syntax' | 'dsl-limit' | 'dsl-unsupported';
      readonly message: string;
      readonly offset: number;
    };

/** A call whose arguments are still to come from the value of a map key: `$brooklyn:formatString: [...]`. */
export type DslKeyParse =
  | { readonly ok: true; readonly calls: readonly DslCall[]; readonly open: string }
  | (DslParse & { readonly ok: false });

/**
 * Reads `$brooklyn:fn("text", other(1), word).fn2()`. Quoted text has Java's escapes; a bare word is a number, true, false,
 * null or else text; nested calls may have the prefix or not.
 */
export function parseDsl(text: string): DslParse {
  return guard(text, (scanner) => {
    const expression = readExpression(scanner, 1);
    scanner.skipSpace();
    if (scanner.at < text.length) scanner.fail(`expected the end${afterEnd(text, scanner.at)}`);
    return { ok: true, expression };
  });
}

/** Reads a map key such as `$brooklyn:formatString` or `$brooklyn:component("db").attributeWhenReady`. */
export function parseDslKey(text: string): DslKeyParse {
  return guard(text, (scanner) => {
    scanner.take(DSL_PREFIX);
    const calls: DslCall[] = [];
    for (;;) {
      const name = readName(scanner);
      if (scanner.at === text.length) return { ok: true, calls, open: name };
      calls.push({ name, args: readArguments(scanner, 1) });
      if (!scanner.take('.')) scanner.fail('expected “.” and the name of a function whose arguments follow below');
    }
  });
}

/** The expression as text that `parseDsl` reads as the same calls; without the prefix unless it is the outermost. */
export function formatDsl(calls: readonly DslCall[], outermost = true): string {
  const text = calls.map((call) => `${call.name}(${call.args.map(formatArgument).join(', ')})`).join('.');
  return outermost ? `${DSL_PREFIX}${text}` : text;
}

export function isDslExpression(argument: DslArgument): argument is DslExpression {
  return typeof argument === 'object' && argument !== null;
}

function formatArgument(argument: DslArgument): string {
  if (isDslExpression(argument)) return formatDsl(argument.calls, false);
  if (typeof argument !== 'string') return String(argument);
  return `"${argument.replace(/[\\"\n\r\t\b\f]/g, (char) => ESCAPED.get(char) ?? char)}"`;
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
const ESCAPED: ReadonlyMap<string, string> = new Map(
  [...ESCAPES].filter(([, char]) => !"'/".includes(char)).map(([name, char]) => [char, `\\${name}`]),
);

interface Scanner {
  readonly text: string;
  at: number;
  skipSpace(): void;
  /** Steps over `expected` when it comes next. */
  take(expected: string): boolean;
  /** Steps over what the sticky pattern matches here. */
  match(pattern: RegExp): string | null;
  fail(message: string, code?: Refusal['code']): never;
  refusal: Refusal | null;
}

interface Refusal {
  readonly code: 'dsl-syntax' | 'dsl-limit' | 'dsl-unsupported';
  readonly message: string;
  readonly offset: number;
}

/** Runs a reader; what its scanner refused becomes an answer. */
function guard<T extends { readonly ok: true }>(text: string, read: (scanner: Scanner) => T): T | (DslParse & { readonly ok: false }) {
  if (text.length > DSL_LIMITS.length) {
    const message = `The expression has ${text.length} characters; the limit is ${DSL_LIMITS.length}.`;
    return { ok: false, code: 'dsl-limit', message, offset: 0 };
  }
  const scanner = createScanner(text);
  try {
    return read(scanner);
  } catch (error) {
    if (scanner.refusal === null) throw error;
    const { code, message, offset } = scanner.refusal;
    const place = quoteText(`${text.slice(Math.max(0, offset - 30), offset)}▲${text.slice(offset, offset + 30)}`);
    return { ok: false, code, message: `At character ${offset + 1}, ${place}: ${message}.`, offset };
  }
}

function createScanner(text: string): Scanner {
  return {
    text,
    at: 0,
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

function readExpression(scanner: Scanner, depth: number): DslExpression {
  if (depth > DSL_LIMITS.depth) scanner.fail(`expressions are nested deeper than ${DSL_LIMITS.depth}`, 'dsl-limit');
  scanner.take(DSL_PREFIX);
  const calls: DslCall[] = [];
  do {
    scanner.skipSpace();
    const name = readName(scanner);
    scanner.skipSpace();
    calls.push({ name, args: readArguments(scanner, depth) });
    scanner.skipSpace();
    if (scanner.text[scanner.at] === '[') scanner.fail('an index “[…]” after a function is not evaluated', 'dsl-unsupported');
  } while (scanner.take('.'));
  return { text: formatDsl(calls, depth === 1), calls };
}

function readName(scanner: Scanner): string {
  return scanner.match(/[A-Za-z_]\w*/y) ?? scanner.fail('expected the name of a function');
}

function readArguments(scanner: Scanner, depth: number): readonly DslArgument[] {
  if (!scanner.take('(')) scanner.fail('expected “(”');
  scanner.skipSpace();
  if (scanner.take(')')) return [];
  const args: DslArgument[] = [];
  for (;;) {
    scanner.skipSpace();
    args.push(readArgument(scanner, depth));
    scanner.skipSpace();
    if (scanner.take(')')) return args;
    if (!scanner.take(',')) scanner.fail('expected “,” or “)”');
  }
}

function readArgument(scanner: Scanner, depth: number): DslArgument {
  if (scanner.text[scanner.at] === '"') return readQuoted(scanner);
  if (scanner.text.startsWith(DSL_PREFIX, scanner.at)) return readExpression(scanner, depth + 1);
  const start = scanner.at;
  const word = scanner.match(/[^\s,()"[\]]+/y);
  if (word === null) return scanner.fail('expected an argument');
  const call = /^\s*\(/.test(scanner.text.slice(scanner.at)) && /^[A-Za-z_]\w*$/.test(word);
  if (!call) return toWord(word);
  scanner.at = start;
  return readExpression(scanner, depth + 1);
}

function toWord(word: string): string | number | boolean | null {
  if (word === 'true') return true;
  if (word === 'false') return false;
  if (word === 'null') return null;
  const number = Number(word);
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(word) && String(number) === word ? number : word;
}

function readQuoted(scanner: Scanner): string {
  const opening = scanner.at;
  let text = '';
  scanner.at += 1;
  for (;;) {
    text += scanner.match(/[^"\\]+/y) ?? '';
    if (scanner.take('"')) return text;
    const sequence = scanner.match(/\\(?:u[0-9a-fA-F]{4}|.)/sy);
    if (sequence === null) {
      scanner.at = opening;
      return scanner.fail('the quoted text has no end');
    }
    text +=
      toCharacter(sequence) ??
      failAt(scanner, scanner.at - sequence.length, `${quoteText(sequence)} is no escape; write \\\\ for a backslash`);
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
