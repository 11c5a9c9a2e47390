'use client';
import { useQuery } from '@tanstack/react-query';
import { Plus, Workflow } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLive } from '@/components/live/use-live.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import type { AdjunctView } from '@/server/engine/queries/adjuncts-of.ts';
import { AdjunctCard } from './adjunct-card.tsx';
import { AttachAdjunct } from './attach-adjunct.tsx';

const GROUPS: readonly { readonly kind: AdjunctView['kind']; readonly title: string }[] = [
  { kind: 'policy', title: 'Policies' },
  { kind: 'enricher', title: 'Enrichers' },
  { kind: 'initializer', title: 'Sensors and effectors that the blueprint adds' },
];

/** What works on an entity by itself, what it says, and what can be done about it. */
export function AdjunctList({ entity }: { entity: Entity }) {
  const trpc = useTRPC();
  const mayOperate = useMay('operate');
  const [attaching, setAttaching] = useState(false);
  const adjuncts = useQuery(trpc.adjunct.list.queryOptions({ entityId: entity.id }));
  const { refetch } = adjuncts;
  // What is shown of each is live; the list itself is asked for again when one comes, goes or is changed.
  const seen = useLive(['adjunct'], (tables) =>
    JSON.stringify(
      [...tables.adjunct.values()]
        .filter(({ entityId }) => entityId === entity.id)
        .map(({ id, config, suspended, spec }) => [id, config, suspended, spec]),
    ),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => void refetch(), [seen, entity.spec]);
  if (adjuncts.error) {
    const again = <Button onClick={() => adjuncts.refetch()}>Try again</Button>;
    return (
      <div className="p-4">
        <ErrorState error={toErrorView(adjuncts.error)} actions={again} />
      </div>
    );
  }
  if (!adjuncts.data) return <Skeleton className="m-4 h-40" />;
  const attach = mayOperate ? (
    <Button variant={adjuncts.data.length === 0 ? 'primary' : 'secondary'} onClick={() => setAttaching(true)}>
      <Plus aria-hidden />
      Attach…
    </Button>
  ) : null;
  return (
    <div className="flex flex-col gap-5 p-4">
      {adjuncts.data.length === 0 ? (
        <EmptyState icon={Workflow} title={`Nothing looks after ${entity.name}`} actions={attach}>
          Policies act on an entity by themselves: they resize a cluster by its load, restart or replace what fails, call an effector at
          times.
        </EmptyState>
      ) : (
        <div className="flex justify-end">{attach}</div>
      )}
      {GROUPS.map(({ kind, title }) => {
        const own = adjuncts.data.filter((adjunct) => adjunct.kind === kind);
        return own.length === 0 ? null : (
          <section key={kind} aria-label={title}>
            <h2 className="mb-1 font-semibold text-sm">{title}</h2>
            <ul className="flex flex-col divide-y divide-line rounded-md border border-line">
              {own.map((adjunct) => (
                <AdjunctCard key={adjunct.id} entity={entity} adjunct={adjunct} />
              ))}
            </ul>
          </section>
        );
      })}
      {attaching ? <AttachAdjunct entity={entity} onClose={() => setAttaching(false)} /> : null}
    </div>
  );
}
