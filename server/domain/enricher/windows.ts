/** A number and when it was heard, milliseconds since the epoch. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/** More are not kept: of two that are close the older goes. */
const MOST_POINTS = 2_000;

/** With one more, and without what lies before the window; the last before its start stays, as it holds until the next. */
export function withPoint(points: readonly Point[], point: Point, windowMs: number): readonly Point[] {
  const start = point.at - windowMs;
  const end = points.at(-1)?.at === point.at ? points.length - 1 : points.length;
  let first = 0;
  while (first + 1 < end && (points[first + 1]?.at ?? start) <= start) first += 1;
  const kept = points.slice(first, end);
  kept.push(point);
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
  let to = now;
  for (let n = points.length - 1; n >= 0 && to > start; n--) {
    const { at, value } = points[n] ?? { at: start, value: 0 };
    const heldMs = to - Math.max(at, start);
    if (heldMs <= 0) continue;
    covered += heldMs;
    sum += value * heldMs;
    to = at;
  }
  return covered === 0 || covered < confidence * windowMs ? undefined : sum / covered;
}
