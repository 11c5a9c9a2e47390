'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTRPCClient } from '@/components/trpc/trpc.ts';

const MINUTE = 60_000;

export const HISTORY_RANGES = [
  { id: '15m', label: '15 min', ms: 15 * MINUTE, refreshMs: 2_000 },
  { id: '1h', label: '1 h', ms: 60 * MINUTE, refreshMs: 30_000 },
  { id: '24h', label: '24 h', ms: 24 * 60 * MINUTE, refreshMs: MINUTE },
  { id: '30d', label: '30 d', ms: 30 * 24 * 60 * MINUTE, refreshMs: 10 * MINUTE },
] as const;
export type HistoryRange = (typeof HISTORY_RANGES)[number];

/** A numeric sensor over a range that ends now; asked again as it grows. */
export function useHistory(subjectId: string, sensor: string, { ms, refreshMs }: Pick<HistoryRange, 'ms' | 'refreshMs'>) {
  const client = useTRPCClient();
  return useQuery({
    queryKey: ['sensor-history', subjectId, sensor, ms],
    queryFn: async ({ signal }) => {
      const toMs = Date.now();
      const fromMs = toMs - ms;
      return { fromMs, toMs, points: await client.entity.sensorHistory.query({ subjectId, sensor, fromMs, toMs }, { signal }) };
    },
    refetchInterval: refreshMs,
    placeholderData: keepPreviousData,
  });
}
