'use client';
import { useCallback, useSyncExternalStore } from 'react';
import type { SparkPoint } from '@/components/ui/sparkline-path.ts';
import { useLiveStores } from './live-context.ts';

const NOTHING: readonly SparkPoint[] = [];

/** The last two minutes of a sensor, oldest first. Looking at it is what asks the server for it. */
export function useMetricSeries(subjectId: string, sensor: string): readonly SparkPoint[] {
  const { metrics } = useLiveStores();
  return useSyncExternalStore(
    useCallback((listener) => metrics.watch(subjectId, listener), [metrics, subjectId]),
    () => metrics.series(subjectId, sensor),
    () => NOTHING,
  );
}

/** The latest value, null while there is none. */
export function useMetric(subjectId: string, sensor: string): number | null {
  return useMetricSeries(subjectId, sensor).at(-1)?.value ?? null;
}
