'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Pencil, Undo2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { LENSES, type Lens } from '@/components/lenses/lens.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { cx } from '@/components/ui/cx.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { notify } from '@/components/ui/notify.ts';
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton.tsx';
import { Time } from '@/components/ui/time.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import { useUrlState } from '@/components/ui/use-url-state.ts';
import type { Application } from '@/server/domain/entity/application.ts';
import { changedParts } from './changed-parts.ts';

// The text editor is large, and only this tab shows one.
const BlueprintDiff = dynamic(() => import('./blueprint-diff.tsx').then((module) => module.BlueprintDiff), {
  ssr: false,
  loading: () => <Skeleton className="h-48 w-full" />,
});

/** Every version of the blueprint: what changed with it, who made it and why; restore one, or write the next. */
export function GenerationsPanel({ application }: { application: Application }) {
  const trpc = useTRPC();
  const may = useMay('operate');
  const [chosen, setChosen] = useUrlState('generation', '');
  const [, setLens] = useUrlState<Lens>('lens', 'entities', LENSES);
  const generations = useQuery(trpc.application.generations.queryOptions({ applicationId: application.id }, { staleTime: 0 }));
  const refetch = () => void generations.refetch();
  const restore = useMutation(trpc.application.restore.mutationOptions({ onError: notify.failure, onSuccess: refetch }));

  if (generations.isPending) return <SkeletonRows rows={4} />;
  if (generations.isError)
    return <ErrorState error={toErrorView(generations.error)} actions={<Button onClick={refetch}>Try again</Button>} />;
  const current = generations.data.find((each) => each.number === application.generation);
  const shown = generations.data.find((each) => String(each.number) === chosen) ?? current;
  const before = shown ? generations.data.find((each) => each.number === shown.number - 1) : undefined;
  const parts = before && shown ? changedParts({ text: '', ...before.parts }, { text: '', ...shown.parts }) : [];
  return (
    <div className="flex flex-col gap-4 p-4">
      <ul aria-label="Generations" className="rounded-md border border-line">
        {generations.data.map((generation) => (
          <li key={generation.id} className="border-b border-line last:border-b-0">
            <button
              type="button"
              aria-pressed={generation === shown}
              onClick={() => setChosen(String(generation.number))}
              className={cx(
                'flex min-h-row w-full flex-wrap items-center gap-x-3 px-3 py-1 text-left',
                generation === shown ? 'bg-accent-soft' : 'hover:bg-hover',
              )}
            >
              <span className="font-medium tabular">{generation.number}</span>
              {generation === current ? (
                <span className="rounded-sm border border-line-strong px-1 text-xs text-ink-2">current</span>
              ) : null}
              <span className="min-w-0 flex-1 truncate text-ink-2">{generation.reason}</span>
              <span className="text-sm text-ink-3">
                {generation.createdBy}, <Time at={generation.createdAt} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {shown ? (
        <section aria-label={`Generation ${shown.number}`} className="flex flex-col gap-2">
          <div className="flex flex-wrap items-center gap-2">
            <h2 className="font-semibold">
              Generation {shown.number}
              {before ? <span className="font-normal text-ink-3"> compared with {before.number}</span> : null}
            </h2>
            <span className="flex-1" />
            {may && shown === current ? (
              <Button onClick={() => setLens('design')}>
                <Pencil aria-hidden />
                Edit and update
              </Button>
            ) : null}
            {may && shown !== current ? (
              <Button busy={restore.isPending} onClick={() => restore.mutate({ applicationId: application.id, generation: shown.number })}>
                <Undo2 aria-hidden />
                Restore generation {shown.number}
              </Button>
            ) : null}
          </div>
          <BlueprintDiff before={before?.text ?? shown.text} after={shown.text} label={`Blueprint of generation ${shown.number}`} />
          {parts.length > 0 ? <p className="text-ink-2">Besides: {parts.join('; ')}.</p> : null}
        </section>
      ) : null}
    </div>
  );
}
