'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { SkeletonRows } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Application } from '@/server/domain/entity/application.ts';
import { DesignLens } from './design-lens.tsx';
import { DiffLens } from './diff-lens.tsx';
import type { Lens } from './lens.ts';
import { LiveLens } from './live-lens.tsx';
import { StaleDraft } from './stale-draft.tsx';
import { draftedGeneration, type ShownGeneration, useUpdateDraft } from './use-update-draft.ts';

export interface ApplicationLensesProps {
  application: Application;
  lens: Lens;
  onLens: (lens: Lens) => void;
  entityId: string;
  onEntity: (entityId: string) => void;
}

/** One canvas, three ways to look at it: as it is written, as it runs, and what is between the two. */
export function ApplicationLenses(props: ApplicationLensesProps) {
  const { application } = props;
  const trpc = useTRPC();
  const [base, setBase] = useState(() => draftedGeneration(application.id, application.generation));
  const generations = useQuery(trpc.application.generations.queryOptions({ applicationId: application.id }, { staleTime: 0 }));
  const { refetch } = generations;
  const newest = generations.data?.[0]?.number ?? 0;
  useEffect(() => {
    if (newest > 0 && newest < application.generation) void refetch();
  }, [newest, application.generation, refetch]);
  const deployed = generations.data?.find(({ number }) => number === application.generation);
  // One that is kept no longer has no draft to go on with.
  const start = generations.data?.find(({ number }) => number === base) ?? (newest > base ? deployed : undefined);
  if (!generations.data || !start) {
    if (!generations.isError) return <SkeletonRows rows={8} />;
    return <ErrorState error={toErrorView(generations.error)} actions={<Button onClick={() => void refetch()}>Try again</Button>} />;
  }
  return (
    <Lenses key={start.number} {...props} {...{ generations: generations.data, start, onBase: setBase }} deployed={deployed ?? start} />
  );
}

interface LensesProps extends ApplicationLensesProps {
  generations: readonly ShownGeneration[];
  deployed: ShownGeneration;
  /** That the draft began with. */
  start: ShownGeneration;
  onBase: (generation: number) => void;
}

function Lenses({ application, lens, onLens, entityId, onEntity, generations, deployed, start, onBase }: LensesProps) {
  const update = useUpdateDraft(application.id, start, (generation) => {
    onBase(generation);
    onLens('live');
  });
  const isBehind = application.generation !== start.number;
  const follows = isBehind && update.isSame && !update.isDeploying;
  const { discard } = update.draft;
  useEffect(() => {
    if (!follows) return;
    discard();
    onBase(application.generation);
  }, [follows, application.generation, discard, onBase]);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {isBehind && !follows && !update.isDeploying && lens !== 'live' ? (
        <StaleDraft {...{ application, update, deployed }} onBase={onBase} />
      ) : null}
      {lens === 'design' ? <DesignLens update={update} onReview={() => onLens('diff')} /> : null}
      {lens === 'live' ? <LiveLens {...{ application, update, entityId, onEntity }} generation={deployed} /> : null}
      {lens === 'diff' ? <DiffLens {...{ application, deployed, generations, update }} onRestored={() => onLens('live')} /> : null}
    </div>
  );
}
