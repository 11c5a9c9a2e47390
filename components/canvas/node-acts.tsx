'use client';
import { NodeToolbar, Position } from '@xyflow/react';
import { LifecycleActs } from '@/components/inspector/lifecycle-acts.tsx';
import { useRecord } from '@/components/live/use-live.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { HOST_TYPE } from '@/server/domain/cloud/host-type.ts';

/** What can be done with the selected part, above it. */
export function NodeActs({ entityId }: { entityId: string | undefined }) {
  const may = useMay('operate');
  const entity = useRecord('entity', entityId);
  if (!may || !entity || entity.type === HOST_TYPE || entity.goal === 'destroyed') return null;
  return (
    <NodeToolbar position={Position.Top} offset={6} className="flex gap-1 rounded-md border border-line bg-surface p-1 shadow-float">
      <LifecycleActs entity={entity} />
    </NodeToolbar>
  );
}
