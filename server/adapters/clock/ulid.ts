import { randomBytes } from 'node:crypto';
import type { Clock, Ids } from '../../ports/clock.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_CHARACTERS = 16;

/**
 * ULIDs (github.com/ulid/spec): 10 characters of milliseconds, 16 of randomness, Crockford's base 32. Grows strictly within one
 * process, also in one millisecond and when the clock steps back, so that order of ids is order of making.
 */
export function createUlids(clock: Pick<Clock, 'now'>): Ids {
  let lastMs = -1;
  let random: number[] = [];
  return {
    next() {
      const now = clock.now();
      if (now > lastMs) {
        lastMs = now;
        random = [...randomBytes(RANDOM_CHARACTERS)].map((byte) => byte & 31);
      } else if (!increment(random)) {
        lastMs += 1;
      }
      return toTime(lastMs) + random.map((digit) => ALPHABET.charAt(digit)).join('');
    },
  };
}

/** Adds one in place; false when it ran over, and then it is zero. */
function increment(digits: number[]): boolean {
  for (let at = digits.length - 1; at >= 0; at -= 1) {
    const digit = digits[at] ?? 0;
    digits[at] = (digit + 1) & 31;
    if (digit < 31) return true;
  }
  return false;
}

function toTime(ms: number): string {
  let text = '';
  for (let rest = ms, at = 0; at < 10; at += 1, rest = Math.floor(rest / 32)) text = ALPHABET.charAt(rest % 32) + text;
  return text;
}
