'use client';
import { useQuery } from '@tanstack/react-query';
import { Check, X } from 'lucide-react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { SkeletonRows } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';

/** Why the container is where it is: every host that was looked at, and what spoke for or against it. */
export function PlacementReasons({ instanceId }: { instanceId: string }) {
  const trpc = useTRPC();
  const decision = useQuery(trpc.entity.decision.queryOptions({ instanceId }));
  if (decision.isPending) return <SkeletonRows rows={3} />;
  if (decision.isError) return <ErrorState compact error={toErrorView(decision.error)} />;
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {decision.data.explanation.map((reason) => (
        <li key={`${reason.by} ${reason.hostId} ${reason.text}`} className="flex items-start gap-2">
          {reason.refused ? (
            <X aria-label="refused" className="mt-0.5 size-3.5 shrink-0 text-bad" />
          ) : (
            <Check aria-label="for" className="mt-0.5 size-3.5 shrink-0 text-ok" />
          )}
          <span className="min-w-0 break-words">
            {reason.text} <span className="text-ink-3">({reason.by})</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
