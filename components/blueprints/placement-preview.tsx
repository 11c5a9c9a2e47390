'use client';
import { ChevronRight, Server, TriangleAlert } from 'lucide-react';
import { cx } from '@/components/ui/cx.ts';
import { formatCount } from '@/components/ui/format-quantity.ts';
import type { Host } from '@/server/domain/entity/host.ts';
import type { PreviewedDecision } from '@/server/engine/queries/preview-placement.ts';

export interface PlacementPreviewProps {
  decisions: readonly PreviewedDecision[];
  hosts: readonly Host[];
}

/** Where each container would go, and why not elsewhere. */
export function PlacementPreview({ decisions, hosts }: PlacementPreviewProps) {
  const hostName = (id: string | null) => hosts.find((host) => host.id === id)?.name ?? id ?? '';
  const unplaced = decisions.filter((decision) => decision.hostId === null).length;
  return (
    <section>
      <h2 className="pb-1 font-medium">Where it would go</h2>
      {unplaced > 0 ? (
        <p className="flex items-start gap-2 pb-2 text-warn">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          No host fits {formatCount(unplaced, 'container')} right now. They would wait until one does.
        </p>
      ) : null}
      <ul className="rounded-md border border-line bg-surface">
        {decisions.map((decision) => (
          <li key={decision.id} className="border-b border-line last:border-b-0">
            <details className="group">
              <summary className="flex h-8 list-none items-center gap-2 px-3 hover:bg-hover">
                <ChevronRight aria-hidden className="size-3.5 shrink-0 text-ink-3 transition-transform group-open:rotate-90" />
                <span className="min-w-0 flex-1 truncate">{decision.name}</span>
                <span className={cx('flex items-center gap-1.5', decision.hostId ? 'text-ink-2' : 'text-warn')}>
                  {decision.hostId ? <Server aria-hidden className="size-3.5" /> : <TriangleAlert aria-hidden className="size-3.5" />}
                  {decision.hostId ? hostName(decision.hostId) : 'no host'}
                </span>
              </summary>
              <ol className="flex flex-col gap-0.5 border-t border-line bg-sunken px-3 py-2 text-sm">
                {decision.explanation.map((reason) => (
                  <li key={`${reason.by} ${reason.hostId} ${reason.text}`} className="flex gap-2">
                    <span className="w-28 shrink-0 truncate font-mono text-xs leading-[18px] text-ink-3">{reason.by}</span>
                    <span className={reason.refused ? 'text-ink-2' : 'text-ink'}>{reason.text}</span>
                  </li>
                ))}
              </ol>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
