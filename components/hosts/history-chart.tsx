'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPCClient } from '@/components/trpc/trpc.ts';
import { cx } from '@/components/ui/cx.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import { LineChart } from './line-chart.tsx';

const MINUTE = 60_000;
const RANGES = [
  { label: '15 min', ms: 15 * MINUTE, refreshMs: 2_000 },
  { label: '24 h', ms: 24 * 60 * MINUTE, refreshMs: MINUTE },
  { label: '30 d', ms: 30 * 24 * 60 * MINUTE, refreshMs: 10 * MINUTE },
] as const;

export interface HistoryChartProps {
  /** Entity or host id. */
  subjectId: string;
  sensor: string;
  title: string;
  format: (value: number) => string;
  /** Value at the top edge; the largest value where it is not given. */
  max?: number | undefined;
}

/** A numeric sensor over 15 minutes, a day or a month. */
export function HistoryChart({ subjectId, sensor, title, format, max }: HistoryChartProps) {
  const client = useTRPCClient();
  const [range, setRange] = useState<(typeof RANGES)[number]>(RANGES[0]);
  const history = useQuery({
    queryKey: ['sensor-history', subjectId, sensor, range.ms],
    queryFn: async ({ signal }) => {
      const toMs = Date.now();
      const fromMs = toMs - range.ms;
      return { fromMs, toMs, points: await client.entity.sensorHistory.query({ subjectId, sensor, fromMs, toMs }, { signal }) };
    },
    refetchInterval: range.refreshMs,
    placeholderData: keepPreviousData,
  });
  const last = history.data?.points.at(-1)?.value;
  return (
    <figure className="flex min-w-0 flex-col gap-1">
      <figcaption className="flex items-center gap-2">
        <span className="font-medium">{title}</span>
        <span className="text-ink-2 tabular">{last === undefined ? '' : format(last)}</span>
        <fieldset className="ml-auto flex gap-px" aria-label={`Range of ${title}`}>
          {RANGES.map((each) => (
            <button
              key={each.label}
              type="button"
              aria-pressed={each === range}
              onClick={() => setRange(each)}
              className={cx('rounded-md px-2 text-xs leading-6', each === range ? 'bg-accent-soft text-ink' : 'text-ink-3 hover:text-ink')}
            >
              {each.label}
            </button>
          ))}
        </fieldset>
      </figcaption>
      {history.error ? <ErrorState error={toErrorView(history.error)} compact /> : null}
      {history.data ? <LineChart {...history.data} format={format} max={max} label={title} /> : null}
      {history.isPending ? <Skeleton className="h-36 w-full" /> : null}
    </figure>
  );
}
