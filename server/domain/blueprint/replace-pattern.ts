export type Replaced = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

/** What is wrong with a pattern, or null. Refused is all that can take more than polynomial time: see `replacePattern`. */
export function patternProblem(pattern: string): string | null {
  if (pattern.length > 1000) return 'the pattern is longer than 1000 characters';
  if (/\\[1-9]|\\k</.test(pattern)) return 'back-references in a pattern are not supported';
  if (/\(\?(?:[=!>]|<[=!])/.test(pattern)) return 'look-around in a pattern is not supported';
  if (repeatsARepetition(pattern)) return 'a repeated group may not itself hold a repetition or alternatives, such as (a+)+';
  try {
    new RegExp(pattern, 'gu');
    return null;
  } catch (error) {
    return `the pattern cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** About 40 ns each. */
const MOST_STEPS = 1e7;

/**
 * Replaces each match as Java's `replaceAll` does (`$1` is the first group). Bounded: `n` unbounded repetitions over a text can
 * be tried in length^(n+1)/(n+1)! ways, and text for which that is too many is refused.
 */
export function replacePattern(text: string, pattern: string, replacement: string): Replaced {
  const problem = patternProblem(pattern);
  if (problem !== null) return { ok: false, message: problem };
  const repetitions = bare(pattern).match(/[*+]|\{\d+,\d*\}/g)?.length ?? 0;
  if (steps(text.length, repetitions + 1) > MOST_STEPS)
    return { ok: false, message: `the text is too long (${text.length}) for this pattern` };
  return { ok: true, text: text.replace(new RegExp(pattern, 'gu'), replacement) };
}

function steps(length: number, power: number): number {
  let ways = 1;
  for (let part = 1; part <= power; part += 1) ways *= length / part;
  return ways;
}

function repeatsARepetition(pattern: string): boolean {
  const groups: boolean[] = [];
  const text = bare(pattern);
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '(') groups.push(false);
    else if (char === '|' || isRepetition(text, at)) groups.fill(true);
    else if (char === ')' && groups.pop() === true && isRepetition(text, at + 1)) return true;
  }
  return false;
}

/** A repetition without a small upper bound; `?` is none. */
function isRepetition(text: string, at: number): boolean {
  return text[at] === '*' || text[at] === '+' || text[at] === '{';
}

/** The pattern with escapes and character classes made harmless. */
function bare(pattern: string): string {
  return pattern
    .replace(/\\./gsu, 'e')
    .replace(/\[[^\]]*\]/g, 'c')
    .replace(/\(\?:|\(\?<\w+>/g, '(');
}
