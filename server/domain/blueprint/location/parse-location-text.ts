import { DSL_PREFIX } from '../dsl-functions.ts';

/** `prefix:rest:(key=value,…)` taken apart. */
export interface LocationText {
  /** In front of the first colon or bracket, trimmed. */
  readonly prefix: string;
  /** Between the prefix and the arguments, without colons at its ends; empty where there is nothing. */
  readonly rest: string;
  /** In brackets, in order; null where there are no brackets. A word without `=` has the value null. */
  readonly args: readonly LocationArgument[] | null;
}

export interface LocationArgument {
  readonly key: string;
  readonly value: string | null;
}

/** Null, with a message, for brackets or quotes without their end. */
export function parseLocationText(text: string): LocationText | { readonly message: string } {
  const open = text.indexOf('(');
  const head = (open < 0 ? text : text.slice(0, open)).trim();
  const colon = head.indexOf(':');
  const prefix = (colon < 0 ? head : head.slice(0, colon)).trim();
  const rest =
    colon < 0
      ? ''
      : head
          .slice(colon + 1)
          .replace(/^:+|:+$/g, '')
          .trim();
  if (open < 0) return { prefix, rest, args: null };
  if (!text.trimEnd().endsWith(')')) return { message: 'the opening bracket has no closing one at the end' };
  const inner = text.trimEnd().slice(open + 1, -1);
  const pieces = splitAtCommas(inner);
  if (pieces === null) return { message: 'a quote, bracket or brace has no end' };
  return { prefix, rest, args: pieces.filter((piece) => piece !== '').map(toArgument) };
}

/** Splits at commas outside quotes, brackets and braces; null when one of them has no end. Pieces are trimmed. */
export function splitAtCommas(text: string): readonly string[] | null {
  const pieces: string[] = [];
  const open: string[] = [];
  let start = 0;
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (quote !== '') {
      if (char === '\\') at += 1;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (CLOSING[char] !== undefined) open.push(CLOSING[char]);
    else if (')}]'.includes(char)) {
      if (open.pop() !== char) return null;
    } else if (char === ',' && open.length === 0) {
      pieces.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  return quote === '' && open.length === 0 ? [...pieces, text.slice(start).trim()] : null;
}

const CLOSING: Readonly<Record<string, string | undefined>> = { '(': ')', '{': '}', '[': ']' };

function toArgument(piece: string): LocationArgument {
  const equals = piece.startsWith(DSL_PREFIX) ? -1 : piece.indexOf('=');
  if (equals < 0) return { key: unquote(piece), value: null };
  return { key: unquote(piece.slice(0, equals).trim()), value: unquote(piece.slice(equals + 1).trim()) };
}

function unquote(text: string): string {
  const quoted = /^(["'])(.*)\1$/s.exec(text);
  return quoted === null ? text : (quoted[2] ?? '').replace(/\\(.)/gs, '$1');
}
