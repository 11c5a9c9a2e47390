import { Lexer } from 'yaml';
import { type Findings, quoteText, type TextRange } from './findings.ts';

export const YAML_LIMITS = {
  bytes: 2 * 1024 * 1024,
  depth: 64,
  /** Parts that the YAML parser turns into nodes; about 5 µs each. */
  tokens: 150_000,
  keysPerMap: 10_000,
  mergesPerMap: 8,
  /** Values after aliases are expanded, of a text that the library reads. */
  values: 100_000,
  /** Values of a text without anchors and other things that only the library reads. */
  plainValues: 500_000,
} as const;

/**
 * Refuses text that the YAML library cannot be given: it recurses over nested values (a few thousand brackets abort the whole
 * process) and silently drops unknown tags. Works on the library's own tokens, without recursion. True when it may be parsed.
 * `tags`: those that are accepted, `!reset`.
 */
export function checkYamlTokens(text: string, findings: Findings, tags: readonly string[] = []): boolean {
  return countYamlTokens(text, findings, tags) !== null;
}

/** The same check; gives the number of parts, or null when the text is refused. */
export function countYamlTokens(text: string, findings: Findings, tags: readonly string[] = []): number | null {
  const nesting = createNesting();
  let offset = 0;
  let lineStart = 0;
  let count = 0;
  let scalar = false;
  for (const token of new Lexer().lex(text)) {
    if (token === '\u0002' || token === '\u0018') continue;
    if (token === '\u001f') {
      scalar = true;
      continue;
    }
    const range = { start: offset, end: offset + token.length };
    count += 1;
    if (count > YAML_LIMITS.tokens) {
      const message = `The text has more than ${YAML_LIMITS.tokens.toLocaleString('en')} parts.`;
      findings.add('too-large', { range, path: '', message, hint: 'Split it into several blueprints.' });
      return null;
    }
    if (!scalar && !tags.includes(token) && !checkToken(token, range, findings)) return null;
    nesting.take(scalar ? 'scalar' : token, offset - lineStart);
    scalar = false;
    if (nesting.depth() > YAML_LIMITS.depth) {
      addTooDeep(text, range, findings);
      return null;
    }
    if (nesting.keys() > YAML_LIMITS.keysPerMap) {
      const message = `A map has more than ${YAML_LIMITS.keysPerMap.toLocaleString('en')} keys.`;
      findings.add('keys-too-many', { range, path: '', message, hint: 'Split it.' });
      return null;
    }
    offset = range.end;
    const newline = token.lastIndexOf('\n');
    if (newline < 0) continue;
    lineStart = range.start + newline + 1;
    if (lineStart === offset) nesting.take('\n', 0);
  }
  return count;
}

export function addTooDeep(text: string, range: TextRange, findings: Findings): void {
  const before = text.slice(0, range.start).split('\n');
  const message = `Nested deeper than ${YAML_LIMITS.depth} at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}.`;
  findings.add('too-deep', { range, path: '', message, hint: 'Flatten the value, or move a part into its own service.' });
}

/** Size and characters: what any reader of blueprints may be given. */
export function checkText(text: string, findings: Findings): boolean {
  return checkSize(text, findings) && checkCharacters(text, findings);
}

function checkSize(text: string, findings: Findings): boolean {
  const bytes = text.length > YAML_LIMITS.bytes ? text.length : new TextEncoder().encode(text).length;
  if (bytes <= YAML_LIMITS.bytes) return true;
  const message = `The text has ${(bytes / 1024 / 1024).toFixed(1)} MiB; a blueprint may have 2 MiB.`;
  findings.add('too-large', { range: { start: 0, end: 0 }, path: '', message, hint: 'Split it into several blueprints.' });
  return false;
}

function checkCharacters(text: string, findings: Findings): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a text file must not hold.
  const strange = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u2028\u2029\ufffd\ufffe\uffff]|\p{Surrogate}/u.exec(
    text,
  );
  if (strange === null) return true;
  const code = strange[0].codePointAt(0) ?? 0;
  const bytes = new TextEncoder().encode(text.slice(0, strange.index)).length;
  findings.add('encoding', {
    range: { start: strange.index, end: strange.index + 1 },
    path: '',
    message: `Character U+${code.toString(16).toUpperCase().padStart(4, '0')} at byte ${bytes} does not belong in a blueprint.`,
    hint: code === 0xfffd ? 'The file is not UTF-8: save it as UTF-8.' : 'Remove it; in a quoted text it can be written as an escape.',
  });
  return false;
}

function checkToken(token: string, range: TextRange, findings: Findings): boolean {
  if (token.startsWith('!')) {
    addTag(token, range, findings);
    return false;
  }
  if (token.startsWith('%') && !/^%YAML\s+1\.2\s*$/.test(token)) {
    const message = `The YAML directive ${quoteText(token)} is not accepted.`;
    findings.add('yaml-directive', { range, path: '', message, hint: 'Remove the line: blueprints are YAML 1.2.' });
    return false;
  }
  return true;
}

/** A tag that means nothing here: values would silently become something else than their author meant. */
export function addTag(tag: string, range: TextRange, findings: Findings): void {
  const message = `The YAML tag ${quoteText(tag)} is not accepted.`;
  findings.add('yaml-tag', { range, path: '', message, hint: 'Remove the tag; write text in quotes.' });
}

interface Nesting {
  take(token: string, column: number): void;
  depth(): number;
  /** Keys so far of the innermost map. */
  keys(): number;
}

/** Counts brackets, and for block values the columns at which one may have begun. Never less than what the parser will nest. */
function createNesting(): Nesting {
  const blocks: { readonly column: number; keys: number }[] = [];
  const flows: { keys: number }[] = [];
  /** A block value may begin here: at the start of a line, or right after `-`, `?` or a `:` that follows such. */
  let fresh = true;
  const open = (column: number) => {
    while ((blocks.at(-1)?.column ?? -1) > column) blocks.pop();
    if ((blocks.at(-1)?.column ?? -1) < column) blocks.push({ column, keys: 0 });
  };
  const innermost = () => flows.at(-1) ?? blocks.at(-1);
  return {
    take(token, column) {
      const first = token[0];
      if (first === '\n' || first === '\r') fresh = true;
      else if (first === ' ' || first === '\t' || first === '#' || first === '&' || first === '\ufeff') return;
      else if (token === '---' || token === '...') blocks.length = 0;
      else if (token === ']' || token === '}') flows.pop();
      else {
        if (flows.length === 0 && fresh) open(column);
        if (token === '[' || token === '{') flows.push({ keys: 0 });
        const inner = innermost();
        if (token === ':' && inner !== undefined) inner.keys += 1;
        fresh = fresh && (token === '-' || token === '?' || token === ':');
      }
    },
    depth: () => flows.length + Math.max(0, blocks.length - 1),
    keys: () => innermost()?.keys ?? 0,
  };
}
