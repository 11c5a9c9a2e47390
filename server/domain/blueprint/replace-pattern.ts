import { canTry, readPattern } from '../shared/bounded-pattern.ts';

export type Replaced = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

/** What is wrong with a pattern, or null. */
export function patternProblem(pattern: string): string | null {
  const read = readPattern(pattern);
  return read.ok ? null : read.message;
}

/** Replaces each match as Java's `replaceAll` does (`$1` is the first group). Text for which that could take too long is refused. */
export function replacePattern(text: string, pattern: string, replacement: string): Replaced {
  const read = readPattern(pattern);
  if (!read.ok) return { ok: false, message: read.message };
  if (!canTry(read.pattern, text)) return { ok: false, message: `the text is too long (${text.length}) for this pattern` };
  return { ok: true, text: text.replace(new RegExp(read.pattern.source, `g${read.pattern.flags}`), replacement) };
}
