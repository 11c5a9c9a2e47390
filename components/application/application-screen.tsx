'use client';
import { Box } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { DeleteApplication } from '@/components/applications/delete-application.tsx';
import { ReleaseApplication } from '@/components/applications/release-application.tsx';
import { EntityActs } from '@/components/inspector/entity-acts.tsx';
import { LENS_OPTIONS, LENSES, type Lens } from '@/components/lenses/lens.ts';
import { EntityBadge } from '@/components/live/entity-badge.tsx';
import { useLive, useLiveStatus, useRecord } from '@/components/live/use-live.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { Button } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { PageHeader } from '@/components/ui/page-header.tsx';
import { Segments } from '@/components/ui/segments.tsx';
import { SkeletonRows } from '@/components/ui/skeleton.tsx';
import { Time } from '@/components/ui/time.tsx';
import { usePageTitle } from '@/components/ui/use-page-title.ts';
import { useUrlState } from '@/components/ui/use-url-state.ts';
import { EntityTabs } from './entity-tabs.tsx';
import { EntityTree } from './entity-tree.tsx';
import { OpenApplication } from './open-application.tsx';
import { RolloutBanner } from './rollout-banner.tsx';

// The canvas comes once it is looked at.
const ApplicationLenses = dynamic(() => import('@/components/lenses/application-lenses.tsx').then((module) => module.ApplicationLenses), {
  ssr: false,
  loading: () => <SkeletonRows rows={8} />,
});

/** One application: its entities at the left, the selected one at the right; or its canvas. Lens, selection and tab are in the URL. */
export function ApplicationScreen({ applicationId }: { applicationId: string }) {
  const router = useRouter();
  const may = useMay('operate');
  const { ready } = useLiveStatus();
  const application = useRecord('application', applicationId);
  const root = useRecord('entity', application?.rootId);
  const [entityId, setEntityId] = useUrlState('entity', '');
  const [lens, setLens] = useUrlState<Lens>('lens', 'entities', LENSES);
  const selected = useRecord('entity', entityId || application?.rootId);
  const isAdopted = useLive(['instance'], ({ instance }) =>
    [...instance.values()].some((one) => one.applicationId === applicationId && one.adopted !== undefined),
  );
  usePageTitle(application?.name);
  const [asking, setAsking] = useState<'release' | 'delete' | null>(null);
  const close = () => setAsking(null);
  const leave = () => router.push('/applications');

  if (!ready) return <SkeletonRows rows={8} />;
  if (!application || !root) {
    return (
      <EmptyState
        icon={Box}
        title="There is no such application"
        actions={<Button onClick={() => router.push('/applications')}>All applications</Button>}
      >
        It was deleted, or you may not see it.
      </EmptyState>
    );
  }
  return (
    <>
      <PageHeader
        title={application.name}
        note={
          <span className="flex flex-wrap items-center gap-3">
            <EntityBadge entity={root} />
            <span className="text-sm">
              generation {application.generation} {application.location === '' ? 'on machines' : `in ${application.location}`}, deployed{' '}
              <Time at={application.createdAt} /> by {application.createdBy}
            </span>
          </span>
        }
      >
        <Segments label="Lens" value={lens} onChange={setLens} options={LENS_OPTIONS} />
        <OpenApplication applicationId={application.id} />
        <EntityActs entity={root} />
        {may && isAdopted ? (
          <Button variant="ghost" onClick={() => setAsking('release')} disabled={root.goal === 'destroyed'}>
            Release
          </Button>
        ) : null}
        {may ? (
          <Button variant="danger-ghost" onClick={() => setAsking('delete')} disabled={root.goal === 'destroyed'}>
            Delete
          </Button>
        ) : null}
      </PageHeader>
      {application.rolloutId ? <RolloutBanner rolloutId={application.rolloutId} /> : null}
      {lens === 'entities' ? (
        <div className="flex min-h-0 flex-1 max-md:flex-col">
          <div className="flex w-72 shrink-0 flex-col border-r border-line max-md:max-h-56 max-md:w-full max-md:border-r-0 max-md:border-b">
            <EntityTree applicationId={application.id} selected={selected?.id ?? root.id} onSelect={setEntityId} />
          </div>
          <div className="flex min-h-0 min-w-0 flex-1 flex-col">
            {selected ? <EntityTabs key={selected.id} entity={selected} application={application} /> : null}
          </div>
        </div>
      ) : (
        <ApplicationLenses application={application} lens={lens} onLens={setLens} entityId={entityId} onEntity={setEntityId} />
      )}
      {asking === 'release' ? <ReleaseApplication application={application} onClose={close} onReleased={leave} /> : null}
      {asking === 'delete' ? <DeleteApplication application={application} onClose={close} onDeleted={leave} /> : null}
    </>
  );
}
