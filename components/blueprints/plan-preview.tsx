'use client';
import { useQuery } from '@tanstack/react-query';
import { Box, Layers } from 'lucide-react';
import { useRecords } from '@/components/live/use-live.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { cx } from '@/components/ui/cx.ts';
import { formatCount } from '@/components/ui/format-quantity.ts';
import type { ApplicationPlan } from '@/server/domain/blueprint/application-plan.ts';
import type { Diagnostic } from '@/server/domain/blueprint/diagnostic.ts';
import type { PreviewedDecision } from '@/server/engine/queries/preview-placement.ts';
import type { PreviewedChange } from '@/server/engine/queries/preview-update.ts';
import { PlacementPreview } from './placement-preview.tsx';
import { planTree } from './plan-tree.ts';

export interface PlanAnswer {
  readonly diagnostics: readonly Diagnostic[];
  readonly plan?: ApplicationPlan | undefined;
  readonly makesCloud?: true | undefined;
  readonly placement?: readonly PreviewedDecision[] | undefined;
  /** Of an update: what it does to what runs. */
  readonly changes?: readonly PreviewedChange[] | undefined;
}

/** What a deploy would make, where, and what has to be pulled for it. */
export function PlanPreview({ answer, stale }: { answer: PlanAnswer; stale: boolean }) {
  const errors = answer.diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
  const hosts = useRecords('host');
  const types = useQuery(useTRPC().entity.types.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  if (!answer.plan) {
    return (
      <p className="text-ink-2">
        {formatCount(errors, 'finding')} to mend before this can be deployed. The preview appears as soon as the blueprint can be
        understood.
      </p>
    );
  }
  const lines = planTree(answer.plan.root, new Map(types.data?.map(({ id, image }) => [id, image])));
  const images = [...new Set(lines.flatMap((line) => line.image ?? []))].sort();
  return (
    <div className={cx('flex flex-col gap-5 transition-opacity', stale && 'opacity-60')} aria-busy={stale}>
      <section>
        <h2 className="pb-1 font-medium">What it makes</h2>
        <ul className="rounded-md border border-line bg-surface py-1">
          {lines.map((line) => (
            <li key={line.path} className="flex items-center gap-2 px-3 py-1" style={{ paddingLeft: 12 + line.depth * 16 }}>
              {line.size === null ? (
                <Box aria-hidden className="size-3.5 shrink-0 text-ink-3" />
              ) : (
                <Layers aria-hidden className="size-3.5 shrink-0 text-ink-3" />
              )}
              <span className="truncate">{line.name}</span>
              {line.size === null ? null : <Badge>{line.size === 1 ? '1 member' : `${line.size} members`}</Badge>}
              <span className="ml-auto truncate font-mono text-xs text-ink-3">{line.image ?? line.type}</span>
            </li>
          ))}
        </ul>
      </section>
      {answer.placement ? <PlacementPreview decisions={answer.placement} hosts={hosts} /> : null}
      {images.length > 0 ? (
        <section>
          <h2 className="pb-1 font-medium">Images it needs</h2>
          <ul className="flex flex-col gap-1">
            {images.map((image) => (
              <li key={image} className="truncate font-mono text-sm text-ink-2">
                {image}
              </li>
            ))}
          </ul>
          <p className="pt-1 text-sm text-ink-3">Pulled on each host that does not have them yet; progress shows on the application.</p>
        </section>
      ) : null}
    </div>
  );
}
