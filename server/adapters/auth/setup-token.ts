import { randomBytes, timingSafeEqual } from 'node:crypto';

/** Without letters and digits that look alike (RFC 4648 base 32). */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const CHARACTERS = 24;
const GROUP = 4;

export interface SetupToken {
  /** `ABCD-EFGH-…`; null once it was used. */
  text(): string | null;
  /** Uses the token up: true once, for the right text, in any case and with or without dashes. */
  take(given: string): boolean;
  /** Makes a taken token good again, when what it was taken for failed. */
  giveBack(): void;
}

/** A random token of 120 bits, good once. */
export function createSetupToken(): SetupToken {
  const plain = [...randomBytes(CHARACTERS)].map((byte) => ALPHABET.charAt(byte & 31)).join('');
  let used = false;
  return {
    text: () => (used ? null : (plain.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-')),
    take(given) {
      const normal = Buffer.from(given.toUpperCase().replace(/[\s-]/g, ''));
      const expected = Buffer.from(plain);
      const isRight = normal.length === expected.length && timingSafeEqual(normal, expected);
      if (!isRight || used) return false;
      used = true;
      return true;
    },
    giveBack() {
      used = false;
    },
  };
}
