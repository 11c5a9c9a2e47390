'use client';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { Boxes, Unplug, Waypoints } from 'lucide-react';
import { memo } from 'react';
import { hueOf } from '@/components/topology/network-trace.ts';
import { cx } from '@/components/ui/cx.ts';
import { StateBadge } from '@/components/ui/state-badge.tsx';
import { networkLook } from '@/components/ui/state-look.ts';
import { BoxSummary } from './box-summary.tsx';
import { toFlowData } from './flow-nodes.ts';
import { DropHandle } from './lane-node.tsx';
import { useFar } from './use-far.ts';

const NONE: readonly string[] = [];

/** The box of a network or an application: its containers are drawn in it, whatever host they are on. */
export const GroupNode = memo(function GroupNode({ data, selected, height = 0 }: NodeProps) {
  const far = useFar();
  const { title, note, problems = [], isChanging, instanceIds = NONE, traces: [trace] = [] } = toFlowData(data);
  const look = isChanging === undefined ? null : networkLook({ problems, isChanging });
  const Icon = trace ? Waypoints : title === 'On no network' ? Unplug : Boxes;
  return (
    <div
      title={problems.join('\n') || undefined}
      style={trace ? { borderColor: hueOf(trace) } : undefined}
      className={cx('relative h-full rounded-lg border border-line-strong bg-surface', selected && 'ring-2 ring-accent')}
    >
      {far ? (
        <BoxSummary instanceIds={instanceIds} height={height} />
      ) : (
        <div className="px-3 pt-2.5">
          <div className="flex items-center gap-2">
            <Icon aria-hidden className="size-4 shrink-0 text-ink-3" style={trace ? { color: hueOf(trace) } : undefined} />
            <span className="min-w-0 flex-1 truncate font-semibold">{title}</span>
            {look ? <StateBadge look={look} /> : null}
          </div>
          {note ? <div className="truncate pt-1 text-xs text-ink-3 tabular">{note}</div> : null}
        </div>
      )}
      {trace ? <DropHandle /> : null}
      <Handle id="lan" type="source" position={Position.Bottom} isConnectable={false} className="opacity-0" />
    </div>
  );
});
