'use client';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { Network } from 'lucide-react';
import { memo } from 'react';
import { useRecordValue } from '@/components/live/use-live.ts';
import { cx } from '@/components/ui/cx.ts';
import type { Plug } from './flow-nodes.ts';

/** The network on which the hosts of a cloud see each other, drawn as a lane into which each host's line plugs. */
export const NetworkNode = memo(function NetworkNode({ data, selected }: NodeProps) {
  const cloudId = typeof data.recordId === 'string' ? data.recordId.replace(/^lan:/, '') : null;
  const name = useRecordValue('cloud', cloudId, (cloud) => cloud.name);
  const plugs = Array.isArray(data.plugs) ? data.plugs.filter(isPlug) : [];
  return (
    <div
      className={cx(
        'flex h-full items-center gap-2 rounded-md border border-series-2 bg-surface px-3 text-sm text-ink-2',
        selected && 'ring-2 ring-accent',
      )}
    >
      <Network aria-hidden className="size-4 text-series-2" />
      {name} <span className="text-ink-3">host network</span>
      {plugs.map((plug) => (
        <Handle
          key={plug.hostId}
          id={plug.hostId}
          type="target"
          position={Position.Top}
          isConnectable={false}
          style={{ left: plug.x, opacity: 0 }}
        />
      ))}
    </div>
  );
});

function isPlug(value: unknown): value is Plug {
  return typeof value === 'object' && value !== null && 'hostId' in value && 'x' in value;
}
