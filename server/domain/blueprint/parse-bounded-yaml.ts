import { Composer, type Document, Lexer, Parser, YAMLParseError } from 'yaml';

export interface ParseOptions {
  readonly version?: '1.2';
  readonly schema?: 'core';
  readonly merge?: boolean;
  readonly uniqueKeys?: boolean;
  readonly intAsBigInt?: boolean;
  readonly keepSourceTokens?: boolean;
}

export type BoundedParse = { readonly ok: true; readonly document: Document.Parsed } | { readonly ok: false; readonly tooDeepAt: number };

/** Open values of the parser: more than a text of the depth that is accepted has, few enough to be walked by recursion. */
const MOST_OPEN = 200;
/** Tokens of the lexer that stand for no character of the text. */
const MARKS: readonly string[] = ['\u0002', '\u0018', '\u001f'];

/**
 * The library’s `parseDocument`, given up where values nest too deep, well-formed or not: the library walks what it has read by
 * recursion, and a stack that is used up may end the whole process. `tooDeepAt` is an offset.
 */
export function parseBoundedYaml(text: string, options: ParseOptions): BoundedParse {
  const parser = new Parser();
  const tokens = [];
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > MOST_OPEN) return { ok: false, tooDeepAt: offset };
    if (!MARKS.includes(lexeme)) offset += lexeme.length;
  }
  for (const token of parser.end()) tokens.push(token);
  const [document, second] = new Composer({ ...options, prettyErrors: false, logLevel: 'error' }).compose(tokens, true, text.length);
  if (document === undefined) throw new Error('the composer gives a document for any tokens');
  if (second !== undefined) {
    document.errors.push(new YAMLParseError([second.range[0], second.range[1]], 'MULTIPLE_DOCS', 'The text holds several documents'));
  }
  return { ok: true, document };
}
