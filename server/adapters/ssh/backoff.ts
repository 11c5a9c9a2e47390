export interface BackoffRange {
  /** Ceiling of the first wait in milliseconds. */
  readonly firstMs: number;
  /** Ceiling of every wait in milliseconds. */
  readonly maxMs: number;
}

export const DIAL_BACKOFF: BackoffRange = { firstMs: 250, maxMs: 15_000 };

/**
 * Exponential back-off with full jitter: anywhere between nothing and the ceiling, so that many sessions that were cut at once
 * do not dial at once.
 * @param attempt 0 after the first failure
 * @param chance 0-1
 */
export function backoffMs(attempt: number, chance: number, range: BackoffRange = DIAL_BACKOFF): number {
  const ceiling = Math.min(range.maxMs, range.firstMs * 2 ** Math.min(attempt, 30));
  return Math.round(ceiling * chance);
}
