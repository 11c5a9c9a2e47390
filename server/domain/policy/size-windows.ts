/** What size was wanted when, as far back as the longer of two windows. */
export interface WantedSize {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly size: number;
}

export interface SustainedSizes {
  /** What was wanted at least, all that time: what may be grown to. Null: that is not known for all of the window yet. */
  readonly growth: number | null;
  /** What was wanted at most, all that time: what may be shrunk to. Null as above. */
  readonly shrink: number | null;
}

export interface Windows {
  /** Milliseconds; 0 takes the last value alone. */
  readonly upMs: number;
  readonly downMs: number;
}

/** Brooklyn's stabilisation: growth needs its whole window of larger sizes, shrinking its whole window of smaller ones. */
export function sustainedSizes(wanted: readonly WantedSize[], { upMs, downMs }: Windows, now: number): SustainedSizes {
  return {
    growth: edgeOf(wanted, { windowMs: upMs, now, pick: Math.min }),
    shrink: edgeOf(wanted, { windowMs: downMs, now, pick: Math.max }),
  };
}

interface Edge {
  readonly windowMs: number;
  readonly now: number;
  readonly pick: (...sizes: number[]) => number;
}

/** A value holds until the next: the one that was there when the window began counts too. */
function edgeOf(wanted: readonly WantedSize[], { windowMs, now, pick }: Edge): number | null {
  const from = now - windowMs;
  const first = wanted.findLastIndex(({ at }) => at <= from);
  if (first < 0) return null;
  return pick(...wanted.slice(first).map(({ size }) => size));
}

/** Without what no window reaches any more. */
export function withWanted(wanted: readonly WantedSize[], next: WantedSize, longestMs: number): readonly WantedSize[] {
  const last = wanted.at(-1);
  const all = last?.size === next.size ? wanted : [...wanted, next];
  const first = all.findLastIndex(({ at }) => at <= next.at - longestMs);
  return first > 0 ? all.slice(first) : all;
}
