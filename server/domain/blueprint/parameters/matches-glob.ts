import { expandBraces } from '../location/expand-braces.ts';

const MOST_CHOICES = 1000;

/** `*` stands for any text, `?` for one character, `{a,b}` for a choice. The whole text must match. */
export function matchesGlob(glob: string, text: string): boolean {
  const expanded = expandBraces(glob, { most: MOST_CHOICES, ranges: 'literal' });
  return (expanded.ok ? expanded.texts : [glob]).some((pattern) => matches(pattern, text));
}

/** Goes back only to the last `*`, so the time is at most the product of the lengths. */
function matches(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let index = 0; index < text.length; ) {
    const char = pattern[at];
    if (char === '*') {
      star = at;
      resume = index;
      at += 1;
    } else if (char !== undefined && (char === '?' || char === text[index])) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      index = resume;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
