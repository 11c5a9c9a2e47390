'use client';
import { type Edge, Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { Server, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { cx } from '@/components/ui/cx.ts';
import type { PlacedGhostHost } from './ghost-layout.ts';
import { useFar } from './use-far.ts';

/** A host as the plan sees it. */
export const GhostHostNode = memo(function GhostHostNode({ data }: NodeProps) {
  const far = useFar();
  const isNone = data.isNone === true;
  const Icon = isNone ? TriangleAlert : Server;
  return (
    <div className={cx('h-full rounded-lg border border-dashed bg-surface/60', isNone ? 'border-warn' : 'border-line-strong')}>
      {far ? null : (
        <span className={cx('flex h-[34px] items-center gap-2 px-2.5 text-sm font-medium', isNone ? 'text-warn' : 'text-ink-2')}>
          <Icon aria-hidden className="size-4 shrink-0" />
          <span className="truncate">{String(data.name)}</span>
        </span>
      )}
    </div>
  );
});

/** A container that is not there yet, with why it would go here. */
export const GhostNode = memo(function GhostNode({ data }: NodeProps) {
  const far = useFar();
  return (
    <div
      title={String(data.reason)}
      className="flex h-full flex-col justify-center rounded-md border border-dashed border-accent bg-accent-soft px-2 leading-tight"
    >
      {far ? null : (
        <>
          <span className="truncate text-sm font-medium">{String(data.name)}</span>
          <span className="truncate text-2xs text-ink-2">{String(data.reason)}</span>
        </>
      )}
      <Handle type="target" position={Position.Top} isConnectable={false} className="opacity-0!" />
    </div>
  );
});

const STILL = { draggable: false, selectable: false, connectable: false, deletable: false } as const;

export function ghostNodes(hosts: readonly PlacedGhostHost[]): readonly Node[] {
  return hosts.flatMap(({ id, host, x, y, width, height, chips }): readonly Node[] => [
    {
      ...STILL,
      id,
      type: 'ghost-host',
      position: { x, y },
      width,
      height,
      measured: { width, height },
      ariaLabel: host.id === null ? host.name : `Host ${host.name}, planned`,
      data: { name: host.name, isNone: host.id === null },
    },
    ...chips.map(
      ({ id: chipId, ghost, ...chip }): Node => ({
        ...STILL,
        id: chipId,
        type: 'ghost',
        parentId: id,
        position: { x: chip.x, y: chip.y },
        width: chip.width,
        height: chip.height,
        measured: { width: chip.width, height: chip.height },
        zIndex: 1,
        ariaLabel: `${ghost.name} ${host.id === null ? 'fits no host' : `would go to ${host.name}`}: ${ghost.reason}`,
        data: { name: ghost.name, reason: ghost.reason, partKey: ghost.partKey },
      }),
    ),
  ]);
}

/** From each part to what would be made of it. */
export function ghostEdges(hosts: readonly PlacedGhostHost[], lit: ReadonlySet<string>): readonly Edge[] {
  return hosts.flatMap(({ chips }) =>
    chips.flatMap(({ id, ghost }): readonly Edge[] => {
      if (ghost.partKey === null) return [];
      const isLit = lit.has(ghost.partKey) || lit.has(id);
      return [
        {
          id: `${ghost.partKey}~${id}`,
          source: ghost.partKey,
          target: id,
          type: 'wire',
          deletable: false,
          focusable: false,
          data: { label: '', lit: isLit },
          style: { stroke: 'var(--accent)', strokeWidth: isLit ? 1.75 : 1, strokeDasharray: '2 4', opacity: isLit ? 1 : 0.4 },
        },
      ];
    }),
  );
}
