import type { Clock } from '../../ports/clock.ts';

const FREE_FAILURES = 10;
const LONGEST_WAIT_MS = 60_000;
const FORGET_MS = 15 * 60_000;
const MAX_ACCOUNTS = 10_000;

export interface SignInLimiter {
  /** Milliseconds until the next attempt is taken; 0 when it may be made now. */
  waitMs(username: string, address: string): number;
  failed(username: string): void;
  succeeded(username: string, address: string): void;
}

/**
 * Slows down guessing of one account's password from many addresses: after 10 failures each further one doubles the wait, up to a
 * minute. Nobody is locked out for good: an address from which the account has signed in before waits for nobody. Names that do not
 * exist are counted alike, so the answer tells nothing.
 */
export function createSignInLimiter(clock: Pick<Clock, 'now'>): SignInLimiter {
  const accounts = new Map<string, { readonly failures: number; readonly at: number }>();
  const proven = new Set<string>();

  return {
    waitMs(username, address) {
      const known = accounts.get(keyOf(username));
      const over = (known?.failures ?? 0) - FREE_FAILURES;
      if (!known || over < 0 || proven.has(pair(username, address))) return 0;
      return Math.max(0, known.at + Math.min(LONGEST_WAIT_MS, 1000 * 2 ** over) - clock.now());
    },
    failed(username) {
      const known = accounts.get(keyOf(username));
      const failures = known && clock.now() - known.at < FORGET_MS ? known.failures + 1 : 1;
      accounts.delete(keyOf(username));
      accounts.set(keyOf(username), { failures, at: clock.now() });
      dropOldest(accounts);
    },
    succeeded(username, address) {
      accounts.delete(keyOf(username));
      proven.add(pair(username, address));
      dropOldest(proven);
    },
  };
}

function keyOf(username: string): string {
  return username.trim().toLowerCase().slice(0, 64);
}

function pair(username: string, address: string): string {
  return `${keyOf(username)}\n${address}`;
}

function dropOldest(entries: Map<string, unknown> | Set<string>): void {
  for (const key of entries.keys()) {
    if (entries.size <= MAX_ACCOUNTS) return;
    entries.delete(key);
  }
}
