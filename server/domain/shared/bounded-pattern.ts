/** A regular expression of a user's that can be tried in bounded time. */
export interface BoundedPattern {
  readonly source: string;
  readonly flags: string;
  /** Repetitions without an upper bound. */
  readonly repetitions: number;
  /** Ways in which its other repetitions and choices can be tried. */
  readonly ways: number;
}

export type PatternRead =
  | { readonly ok: true; readonly pattern: BoundedPattern }
  /** `foreign`: right in Java, and not understood here. `slow`: could take too long. `wrong`: no pattern. */
  | { readonly ok: false; readonly reason: 'foreign' | 'slow' | 'wrong'; readonly message: string };

const MOST_CHARACTERS = 1000;
const MOST_WAYS = 10_000;

/** About 40 ns each. */
const MOST_STEPS = 1e7;

/**
 * Reads a pattern as Java writes them. Refused is all that can take more than polynomial time: a repetition of what can be repeated in
 * several ways, back-references, look-around.
 */
export function readPattern(written: string): PatternRead {
  if (written.length > MOST_CHARACTERS) return refuse('slow', `the pattern is longer than ${MOST_CHARACTERS} characters`);
  const inline = /^\(\?([ims]+)\)/.exec(written);
  const text = written.slice(inline?.[0].length ?? 0).replace(/\\([@_:;,!#%&=<>~'" ])/g, '$1');
  if (/\\[1-9]|\\k</.test(text)) return refuse('slow', 'back-references in a pattern are not supported');
  if (/\(\?(?:[=!>]|<[=!])/.test(text)) return refuse('slow', 'look-around in a pattern is not supported');
  if (FOREIGN.test(text)) return refuse('foreign', 'the pattern uses what only Java understands');
  const counted = countWays(text);
  if (counted === null) return refuse('slow', 'a repeated group may not itself hold a repetition or alternatives, such as (a+)+');
  if (counted.ways > MOST_WAYS) return refuse('slow', 'the pattern can match in too many ways');
  const flags = `u${inline?.[1] ?? ''}`;
  try {
    new RegExp(text, flags);
  } catch (error) {
    return refuse('wrong', `the pattern cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { ok: true, pattern: { source: text, flags, ...counted } };
}

/** False for a text that is too long to be tried: `n` repetitions over it can be tried in length^(n+1)/(n+1)! ways. */
export function canTry({ repetitions, ways }: BoundedPattern, text: string): boolean {
  let steps = ways;
  for (let part = 1; part <= repetitions + 1; part += 1) steps *= text.length / part;
  return steps <= MOST_STEPS;
}

function refuse(reason: 'foreign' | 'slow' | 'wrong', message: string): PatternRead {
  return { ok: false, reason, message };
}

/** Possessive repetitions, quotations, flags in the middle, intersections of classes and names of POSIX classes. */
const FOREIGN =
  /[+*?}]\+|\\[QEAzZGhRX]|\(\?[a-zA-Z-]+[:)]|\[[^\]]*&&|\\p\{(?:Lower|Upper|ASCII|Alpha|Digit|Alnum|Punct|Graph|Print|Blank|Cntrl|XDigit|Space|java)/;

interface Group {
  ways: number;
}

/** Null for a group that is repeated without bound, or often, and can match in several ways. */
function countWays(pattern: string): { readonly ways: number; readonly repetitions: number } | null {
  const text = bare(pattern);
  const open: Group[] = [{ ways: 1 }];
  let repetitions = 0;
  for (let at = 0; at < text.length; at += 1) {
    const group = open.at(-1);
    if (group === undefined) return { ways: 1, repetitions };
    const char = text[at] ?? '';
    if (char === '(') open.push({ ways: 1 });
    else if (char === '|') group.ways *= 2;
    else if (char === ')') {
      const times = quantifierAt(text, at + 1);
      const ways = repeated(group.ways, times);
      if (ways === null) return null;
      if (times?.most === Number.POSITIVE_INFINITY) repetitions += 1;
      open.pop();
      const outer = open.at(-1);
      if (outer !== undefined) outer.ways *= ways;
      at += times?.length ?? 0;
    } else {
      const times = quantifierAt(text, at + 1);
      if (times === null) continue;
      if (times.most === Number.POSITIVE_INFINITY) {
        repetitions += 1;
        group.ways = Number.POSITIVE_INFINITY;
      } else group.ways *= times.most - times.fewest + 1;
      at += times.length;
    }
  }
  const [all] = open;
  return { ways: all === undefined || all.ways === Number.POSITIVE_INFINITY ? finiteWays(text) : all.ways, repetitions };
}

/** Ways of a group that stands `times` times. */
function repeated(ways: number, times: Quantifier | null): number | null {
  if (times === null) return ways;
  if (times.most === Number.POSITIVE_INFINITY) return ways === 1 ? Number.POSITIVE_INFINITY : null;
  if (ways === Number.POSITIVE_INFINITY) return times.most === 1 ? ways : null;
  const all = (times.most - times.fewest + 1) * ways ** times.most;
  return all > MOST_WAYS ? null : all;
}

/** Of what is not repeated without bound: those repetitions are counted by the length of the text. */
function finiteWays(text: string): number {
  const choices = (text.match(/\|/g) ?? []).length + (text.match(/(?<![*+?}])\?/g) ?? []).length;
  const counts = [...text.matchAll(/\{(\d+),(\d+)\}/g)].map(([, fewest, most]) => Number(most) - Number(fewest) + 1);
  return counts.reduce((ways, count) => ways * count, 2 ** choices);
}

interface Quantifier {
  readonly fewest: number;
  readonly most: number;
  /** Characters of it, a `?` for “as few as possible” included. */
  readonly length: number;
}

function quantifierAt(text: string, at: number): Quantifier | null {
  const quantifier = /(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/y;
  quantifier.lastIndex = at;
  const match = quantifier.exec(text);
  if (match === null) return null;
  const [{ length }, sign, fewest = '0', comma, most] = match;
  if (sign !== undefined) return { fewest: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Number.POSITIVE_INFINITY, length };
  const upper = most === '' || most === undefined ? (comma === ',' ? Number.POSITIVE_INFINITY : Number(fewest)) : Number(most);
  return { fewest: Number(fewest), most: upper, length };
}

/** The pattern with escapes and character classes made harmless. */
function bare(pattern: string): string {
  return pattern
    .replace(/\\(?:[pPxu]\{[^}]*\}|.)/gsu, 'e')
    .replace(/\[[^\]]*\]/g, 'c')
    .replace(/\(\?:|\(\?<\w+>/g, '(');
}
