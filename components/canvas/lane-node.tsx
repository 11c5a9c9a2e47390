'use client';
import { Handle, type NodeProps, Position, useConnection } from '@xyflow/react';
import { Network, Waypoints } from 'lucide-react';
import { memo } from 'react';
import { hueOf } from '@/components/topology/network-trace.ts';
import { cx } from '@/components/ui/cx.ts';
import { StateBadge, StateIcon } from '@/components/ui/state-badge.tsx';
import { networkLook } from '@/components/ui/state-look.ts';
import { toFlowData } from './flow-nodes.ts';
import { NetworkSwatch } from './network-swatch.tsx';
import { useFar } from './use-far.ts';

/** A network on all hosts that it reaches, as a lane into which its containers plug. What is dropped on it joins it. */
export const LaneNode = memo(function LaneNode({ data, selected }: NodeProps) {
  const far = useFar();
  const { title, note, problems = [], isChanging = false, traces: [trace] = [] } = toFlowData(data);
  if (!trace) return null;
  const look = networkLook({ problems, isChanging });
  return (
    <div
      title={problems.join('\n') || undefined}
      style={{ borderColor: look.tone === 'warn' ? undefined : hueOf(trace) }}
      className={cx(
        'flex h-full items-center gap-2 rounded-md border bg-surface px-3 text-sm whitespace-nowrap text-ink-2',
        look.tone === 'warn' && 'border-warn',
        selected && 'ring-2 ring-accent',
      )}
    >
      {far ? <StateIcon look={look} label className="size-6" /> : null}
      {far ? null : (
        <>
          <Waypoints aria-hidden className="size-4 shrink-0" style={{ color: hueOf(trace) }} />
          <NetworkSwatch trace={trace} className="w-6 shrink-0" />
          <span className="font-medium text-ink">{title}</span>
          <span className="min-w-0 truncate text-ink-3">{note}</span>
          <span className="ml-auto">
            <StateBadge look={look} />
          </span>
        </>
      )}
      <DropHandle />
    </div>
  );
});

/** The network on which the hosts of a cloud see each other. */
export const LanNode = memo(function LanNode({ data, selected }: NodeProps) {
  const far = useFar();
  return (
    <div
      className={cx(
        'flex h-full items-center gap-2 rounded-md border border-line-strong bg-surface px-3 text-sm text-ink-2',
        selected && 'ring-2 ring-accent',
      )}
    >
      <Network aria-hidden className={cx('shrink-0 text-ink-3', far ? 'size-6' : 'size-4')} />
      {far ? null : toFlowData(data).title}
      <Handle type="target" position={Position.Top} isConnectable={false} className="opacity-0" />
    </div>
  );
});

/** Takes what is dropped anywhere on a network; out of the way while nothing is pulled. */
export function DropHandle() {
  const isPulled = useConnection((connection) => connection.inProgress);
  return (
    <Handle
      type="target"
      position={Position.Top}
      className="inset-0! h-full! w-full! transform-none! rounded-md! border-0! opacity-0"
      style={{ pointerEvents: isPulled ? 'all' : 'none' }}
    />
  );
}
