'use client';
import { useState } from 'react';
import { cx } from '@/components/ui/cx.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import { LineChart } from './line-chart.tsx';
import { upToNow } from './step-points.ts';
import { HISTORY_RANGES, type HistoryRange, useHistory } from './use-history.ts';

export interface HistoryChartProps {
  /** Entity or host id. */
  subjectId: string;
  sensor: string;
  title: string;
  format: (value: number) => string;
  /** Value at the top edge; the largest value where it is not given. */
  max?: number | undefined;
  /** Where the range is kept; in the chart itself where it is not given. */
  range?: readonly [HistoryRange['id'], (range: HistoryRange['id']) => void];
  /** Of a sensor that is recorded when it changes: what it is now. It is drawn in steps. */
  current?: number;
}

/** A numeric sensor over 15 minutes, an hour, a day or a month. */
export function HistoryChart({ subjectId, sensor, title, format, max, range, current }: HistoryChartProps) {
  const own = useState<HistoryRange['id']>('15m');
  const [chosen, setRange] = range ?? own;
  const shown = HISTORY_RANGES.find(({ id }) => id === chosen) ?? HISTORY_RANGES[0];
  const history = useHistory(subjectId, sensor, shown);
  const points = history.data && current !== undefined ? upToNow(history.data, current) : (history.data?.points ?? []);
  const last = points.at(-1)?.value;
  return (
    <figure className="flex min-w-0 flex-col gap-1">
      <figcaption className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{title}</span>
        <span className="text-ink-2 tabular">{last === undefined ? '' : format(last)}</span>
        <fieldset className="ml-auto flex gap-px" aria-label={`Range of ${title}`}>
          {HISTORY_RANGES.map((each) => (
            <button
              key={each.id}
              type="button"
              aria-pressed={each === shown}
              onClick={() => setRange(each.id)}
              className={cx('rounded-md px-2 text-xs leading-6', each === shown ? 'bg-accent-soft text-ink' : 'text-ink-3 hover:text-ink')}
            >
              {each.label}
            </button>
          ))}
        </fieldset>
      </figcaption>
      {history.error ? <ErrorState error={toErrorView(history.error)} compact /> : null}
      {history.data ? (
        <LineChart {...history.data} points={points} format={format} max={max} label={title} steps={current !== undefined} />
      ) : null}
      {history.isPending ? <Skeleton className="h-36 w-full" /> : null}
    </figure>
  );
}
