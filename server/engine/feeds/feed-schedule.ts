/** First answers of feeds that come together are spread over that time. Milliseconds. */
const SPREAD_MS = 1_000;
const LONGEST_BACK_OFF_MS = 5 * 60_000;
const FIRST_RETRY_MS = 5_000;

/** When a feed is asked first: at once or up to a second later, always the same for one feed. */
export function firstAskAt(id: string, now: number, periodMs: number | null): number {
  return now + (hashOf(id) % (Math.min(SPREAD_MS, periodMs ?? 100) + 1));
}

/**
 * When it is asked again. After failures in a row the time doubles, up to ten periods or five minutes, whichever is less, and never less than one
 * period. Infinity: not before its plan changes.
 */
export function nextAskAt(askedAt: number, periodMs: number | null, failures: number): number {
  if (failures === 0) return periodMs === null ? Number.POSITIVE_INFINITY : askedAt + periodMs;
  const base = periodMs ?? FIRST_RETRY_MS;
  const longest = Math.max(base, Math.min(10 * base, LONGEST_BACK_OFF_MS));
  return askedAt + Math.min(longest, base * 2 ** Math.min(failures - 1, 20));
}

function hashOf(text: string): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619) >>> 0;
  return hash;
}
