import { canTry, readPattern } from '../shared/bounded-pattern.ts';

const known = new Map<string, RegExp | null>();
const MOST_KNOWN = 200;

/** Whether a text as a whole fits a pattern; one that cannot be tried in bounded time fits nothing. */
export function fitsWhole(pattern: string, text: string): boolean {
  const read = readPattern(pattern);
  if (!read.ok || !canTry(read.pattern, text)) return false;
  const expression = known.get(pattern) ?? new RegExp(`^(?:${read.pattern.source})$`, read.pattern.flags);
  if (known.size < MOST_KNOWN) known.set(pattern, expression);
  return expression.test(text);
}
