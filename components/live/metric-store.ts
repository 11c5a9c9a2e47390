import type { SparkPoint } from '@/components/ui/sparkline-path.ts';

export interface MetricSample {
  readonly subjectId: string;
  readonly sensor: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly value: number;
}

/** Samples kept for each sensor that is looked at: two minutes at one a second. */
const KEPT = 120;
const NOTHING: readonly SparkPoint[] = [];

export interface MetricStore {
  /** Oldest first; the same array until a sample comes. */
  readonly series: (subjectId: string, sensor: string) => readonly SparkPoint[];
  readonly add: (samples: readonly MetricSample[]) => void;
  /** Says that somebody looks at this subject. Returns the function that ends it. */
  readonly watch: (subjectId: string, listener: () => void) => () => void;
  /** Subjects somebody looks at, sorted; the same array until the set changes. */
  readonly watched: () => readonly string[];
  readonly onWatchedChange: (listener: () => void) => () => void;
}

/** Latest numbers, which are not records: they are lost on reload and asked for only while they are on the screen. */
export function makeMetricStore(): MetricStore {
  const series = new Map<string, readonly SparkPoint[]>();
  const listeners = new Map<string, Set<() => void>>();
  const watchedListeners = new Set<() => void>();
  let watched: readonly string[] | null = [];
  let isTold = true;

  // Hundreds come and go at once when a canvas is moved: who listens is told once of them all.
  const updateWatched = () => {
    watched = null;
    if (!isTold) return;
    isTold = false;
    queueMicrotask(() => {
      isTold = true;
      for (const listener of watchedListeners) listener();
    });
  };
  return {
    series: (subjectId, sensor) => series.get(`${subjectId} ${sensor}`) ?? NOTHING,
    add(samples) {
      const touched = new Set<string>();
      for (const { subjectId, sensor, at, value } of samples) {
        const key = `${subjectId} ${sensor}`;
        const points = series.get(key) ?? NOTHING;
        if (at <= (points.at(-1)?.at ?? 0)) continue;
        series.set(key, [...points.slice(1 - KEPT), { at, value }]);
        touched.add(subjectId);
      }
      for (const subjectId of touched) for (const listener of listeners.get(subjectId) ?? []) listener();
    },
    watch(subjectId, listener) {
      const own = listeners.get(subjectId) ?? new Set();
      const isNew = own.size === 0;
      listeners.set(subjectId, own.add(listener));
      if (isNew) updateWatched();
      return () => {
        own.delete(listener);
        if (own.size > 0) return;
        listeners.delete(subjectId);
        updateWatched();
      };
    },
    watched() {
      watched ??= [...listeners.keys()].sort();
      return watched;
    },
    onWatchedChange(listener) {
      watchedListeners.add(listener);
      return () => watchedListeners.delete(listener);
    },
  };
}
