'use client';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { Server } from 'lucide-react';
import { memo } from 'react';
import { useRecord } from '@/components/live/use-live.ts';
import { useMetric } from '@/components/live/use-metric.ts';
import { cx } from '@/components/ui/cx.ts';
import { formatBytes, formatPercent } from '@/components/ui/format-quantity.ts';
import { Meter } from '@/components/ui/progress.tsx';
import { StateBadge } from '@/components/ui/state-badge.tsx';
import { hostLook } from '@/components/ui/state-look.ts';
import { BoxSummary } from './box-summary.tsx';
import { toFlowData } from './flow-nodes.ts';
import { useFar } from './use-far.ts';

const NONE: readonly string[] = [];

/** A host's box: name, state, load; its containers are drawn in it. */
export const HostNode = memo(function HostNode({ data, selected, height = 0 }: NodeProps) {
  const far = useFar();
  const { recordId, instanceIds = NONE } = toFlowData(data);
  const host = useRecord('host', recordId);
  const cpu = useMetric(host?.id ?? '', 'machine.cpu');
  const memory = useMetric(host?.id ?? '', 'machine.memory.used');
  if (!host) return null;
  const silent = host.state === 'unreachable' || host.state === 'lost';
  return (
    <div
      className={cx(
        'relative h-full rounded-lg border bg-surface',
        selected
          ? 'border-accent ring-2 ring-accent'
          : host.state === 'lost' || host.state === 'refused'
            ? 'border-bad'
            : 'border-line-strong',
        silent && 'hatched',
      )}
    >
      {far ? (
        <BoxSummary instanceIds={instanceIds} height={height} />
      ) : (
        <>
          <div className="flex items-center gap-2 px-3 pt-2.5">
            <Server aria-hidden className="size-4 shrink-0 text-ink-3" />
            <span className="min-w-0 flex-1 truncate font-semibold">{host.name}</span>
            <StateBadge look={hostLook(host.state)} note={host.cordoned ? 'cordoned' : undefined} />
          </div>
          <div className="grid grid-cols-2 gap-3 px-3 pt-1.5 text-xs text-ink-3 tabular">
            <Load label="CPU" share={silent ? null : cpu} text={cpu === null ? '…' : formatPercent(cpu)} />
            <Load
              label="Memory"
              share={silent || memory === null || !host.facts ? null : memory / host.facts.memoryBytes}
              text={memory === null ? '…' : formatBytes(memory)}
            />
          </div>
          <div className="absolute inset-x-0 bottom-0 flex h-7 items-center gap-2 rounded-b-lg border-t border-line px-3 text-xs text-ink-3">
            <span className="ml-auto font-mono">{host.address}</span>
          </div>
        </>
      )}
      <Handle id="lan" type="source" position={Position.Bottom} isConnectable={false} className="opacity-0" />
    </div>
  );
});

function Load({ label, share, text }: { label: string; share: number | null; text: string }) {
  return (
    <span className="flex items-center gap-1.5">
      {label}
      <Meter className="flex-1" share={share} label={`${label} used`} />
      <span className="w-14 text-right">{text}</span>
    </span>
  );
}
