/** A number and when it was heard, milliseconds since the epoch. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/** More are not kept: of two that are close the older goes. */
const MOST_POINTS = 2_000;

/** With one more, and without what lies before the window; the last before its start stays, as it holds until the next. */
export function withPoint(points: readonly Point[], point: Point, windowMs: number): readonly Point[] {
  const all = points.at(-1)?.at === point.at ? [...points.slice(0, -1), point] : [...points, point];
  const start = point.at - windowMs;
  const first = all.findLastIndex(({ at }) => at <= start);
  const kept = first > 0 ? all.slice(first) : all;
  return kept.length > MOST_POINTS ? kept.filter((_, index) => index % 2 === kept.length % 2 || index === kept.length - 1) : kept;
}

/**
 * The mean over a window that ends now, each value weighted by how long it held. Undefined where less than `confidence` (0-1) of the window is
 * known.
 */
export function timeWeightedMean(points: readonly Point[], now: number, windowMs: number, confidence: number): number | undefined {
  const start = now - windowMs;
  let covered = 0;
  let sum = 0;
  for (const [index, { at, value }] of points.entries()) {
    const from = Math.max(at, start);
    const to = Math.min(points[index + 1]?.at ?? now, now);
    if (to <= from) continue;
    covered += to - from;
    sum += value * (to - from);
  }
  return covered === 0 || covered < confidence * windowMs ? undefined : sum / covered;
}
