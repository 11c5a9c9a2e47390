'use client';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { Network } from 'lucide-react';
import { memo } from 'react';
import { useRecordValue } from '@/components/live/use-live.ts';
import { cx } from '@/components/ui/cx.ts';

/** The network on which the hosts of a cloud see each other, drawn as a lane. */
export const NetworkNode = memo(function NetworkNode({ data, selected }: NodeProps) {
  const cloudId = typeof data.recordId === 'string' ? data.recordId.replace(/^lan:/, '') : null;
  const name = useRecordValue('cloud', cloudId, (cloud) => cloud.name);
  return (
    <div
      className={cx(
        'flex h-full items-center gap-2 rounded-md border px-3 text-sm text-ink-2',
        'border-series-2 bg-surface',
        selected && 'ring-2 ring-accent',
      )}
    >
      <Network aria-hidden className="size-4 text-series-2" />
      {name} <span className="text-ink-3">host network</span>
      <Handle type="target" position={Position.Top} isConnectable={false} className="opacity-0" />
    </div>
  );
});
