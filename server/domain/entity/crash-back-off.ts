import type { Crash } from './entity.ts';

/** An instance that was up this long has recovered: the next failure counts as the first. Milliseconds. */
export const RESET_AFTER_MS = 60_000;
/** Failures in a row after which the entity is on fire. */
export const LOOP_FAILURES = 5;
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 60_000;

export const NO_CRASH: Crash = { failures: 0, lastAt: 0 };

/** Failures that count when an instance that started at `startedAt` (null: never) has just ended. */
export function countedFailures(crash: Crash, startedAt: number | null, now: number): number {
  const lasted = startedAt !== null && now - startedAt >= RESET_AFTER_MS;
  return lasted ? 0 : crash.failures;
}

/** When the next attempt may begin: the first failure heals at once, then 1 s, 2 s, 4 s … 60 s after the one before. */
export function nextAttemptAt(crash: Crash, failures: number): number {
  if (failures === 0) return 0;
  return crash.lastAt + Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
}

/** The crash counter after one more failure. */
export function afterFailure(failures: number, now: number): Crash {
  return { failures: failures + 1, lastAt: now };
}
