'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { LineChart } from '@/components/hosts/line-chart.tsx';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { Time } from '@/components/ui/time.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { AdjunctView } from '@/server/engine/queries/adjuncts-of.ts';
import { filledSteps, inWords } from './rehearsal-words.ts';

const HOUR = 3_600_000;
const RANGES = [
  { value: '15m', label: 'Last 15 minutes', ms: HOUR / 4 },
  { value: '1h', label: 'Last hour', ms: HOUR },
  { value: '24h', label: 'Last 24 hours', ms: 24 * HOUR },
  { value: '7d', label: 'Last 7 days', ms: 7 * 24 * HOUR },
] as const;

/** What a policy would have done with what was recorded, before it is trusted. */
export function RehearseAdjunct({ adjunct, onClose }: { adjunct: AdjunctView; onClose: () => void }) {
  const trpc = useTRPC();
  const [range, setRange] = useState<(typeof RANGES)[number]>(RANGES[1]);
  const [sharesLoad, setSharesLoad] = useState(true);
  const [openedAt] = useState(() => Date.now());
  const describedBy = useId();
  const { entityId, key } = adjunct;
  const fromMs = openedAt - range.ms;
  const run = useQuery(
    trpc.adjunct.rehearse.queryOptions(
      { entityId, adjunct: key, fromMs, toMs: openedAt, sharesLoad },
      { staleTime: Number.POSITIVE_INFINITY, retry: false, placeholderData: keepPreviousData },
    ),
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`Rehearse ${adjunct.title}`}
      description="Its own decisions, as it is configured now, on what was recorded. Nothing is changed."
      className="max-w-3xl"
    >
      <div className="flex flex-col gap-4" aria-describedby={describedBy}>
        <div className="flex flex-wrap items-center gap-4">
          <Select
            aria-label="Time"
            value={range.value}
            onChange={(value) => setRange(RANGES.find((each) => each.value === value) ?? RANGES[1])}
            options={RANGES.map(({ value, label }) => ({ value, label }))}
          />
          <Checkbox
            checked={sharesLoad}
            onChange={setSharesLoad}
            label="More members share the load"
            hint="With twice the members, each would have had half of what was recorded."
          />
        </div>
        {run.error ? <ErrorState compact error={toErrorView(run.error)} /> : null}
        {run.isPending ? <Skeleton className="h-40" /> : null}
        {run.data && !run.error ? (
          <>
            <p id={describedBy} className="font-medium">
              {inWords(run.data)}
            </p>
            {run.data.series.map(({ sensor, points }) => (
              <figure key={sensor} className="flex flex-col gap-1">
                <figcaption className="text-ink-2 text-sm">{sensor}, as recorded</figcaption>
                <LineChart points={points} fromMs={fromMs} toMs={openedAt} format={shortNumber} label={sensor} />
              </figure>
            ))}
            <figure hidden={run.data.series.length === 0} className="flex flex-col gap-1">
              <figcaption className="text-ink-2 text-sm">Members that there would have been</figcaption>
              <LineChart
                points={filledSteps(run.data.sizes, fromMs, openedAt)}
                fromMs={fromMs}
                toMs={openedAt}
                format={shortNumber}
                label="Members"
              />
            </figure>
            {run.data.acts.length > 0 ? (
              <ol className="flex flex-col divide-y divide-line rounded-md border border-line" aria-label="What it would have done">
                {run.data.acts.slice(-50).map(({ at, why, from, to }) => (
                  <li key={`${at}-${to}`} className="flex gap-3 px-3 py-1.5 text-sm">
                    <span className="shrink-0 text-ink-3">
                      <Time at={at} />
                    </span>
                    <span className="shrink-0 tabular">
                      {from} → {to}
                    </span>
                    <span className="text-ink-2">{why}</span>
                  </li>
                ))}
              </ol>
            ) : null}
          </>
        ) : null}
      </div>
    </Dialog>
  );
}

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(3)));
}
