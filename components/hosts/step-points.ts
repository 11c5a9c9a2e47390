import type { SparkPoint } from '../ui/sparkline-path.ts';

/** A range of a sensor that is recorded when it changes, oldest first. */
export interface ChangePoints {
  readonly points: readonly SparkPoint[];
  readonly fromMs: number;
  readonly toMs: number;
}

/** With what it is now: where nothing was recorded in the range, it has been that all the time. */
export function upToNow({ points, fromMs, toMs }: ChangePoints, current: number): readonly SparkPoint[] {
  const now = { at: toMs, value: current };
  return points.length === 0 ? [{ at: fromMs, value: current }, now] : [...points, now];
}

/** The corners of its line: a value holds until the next one. */
export function toSteps(points: readonly SparkPoint[]): readonly SparkPoint[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    return before && before.value !== point.value ? [{ at: point.at, value: before.value }, point] : [point];
  });
}
