'use client';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { useRecord } from '@/components/live/use-live.ts';
import { useMetric } from '@/components/live/use-metric.ts';
import { cx } from '@/components/ui/cx.ts';
import { formatBytes, formatPercent } from '@/components/ui/format-quantity.ts';
import { StateIcon, TONE_TEXT } from '@/components/ui/state-badge.tsx';
import { Time } from '@/components/ui/time.tsx';
import { lastKnownOn } from '@/server/domain/entity/last-known.ts';
import { containerLook } from './container-look.ts';
import { toFlowData } from './flow-nodes.ts';
import { NetworkSwatch } from './network-swatch.tsx';

/** A container: state, name and what it uses now. Only this chip is drawn again when its records change. */
export const ContainerNode = memo(function ContainerNode({ data, selected }: NodeProps) {
  const { recordId, traces = [] } = toFlowData(data);
  const instance = useRecord('instance', recordId);
  const entity = useRecord('entity', instance?.entityId);
  const host = useRecord('host', instance?.hostId);
  const cpu = useMetric(entity?.id ?? '', 'docker.container.cpu');
  const memory = useMetric(entity?.id ?? '', 'docker.container.memory');
  if (!instance || !entity) return null;
  const look = containerLook({ instance, entity, host });
  const lastKnown = lastKnownOn(entity, host);
  return (
    <div
      className={cx(
        'group flex h-full flex-col justify-center rounded-md border bg-raised px-2.5 leading-tight',
        selected ? 'border-accent ring-2 ring-accent' : look.tone === 'bad' ? 'border-bad' : 'border-line-strong',
        look.tone === 'unknown' && 'hatched',
      )}
    >
      <span className="flex items-center gap-1.5">
        <StateIcon look={look} />
        <span className="min-w-0 flex-1 truncate text-sm font-medium">{entity.name}</span>
        {traces.map((trace) => (
          <NetworkSwatch key={`${trace.hue} ${trace.dash} ${trace.track}`} trace={trace} className="w-3" />
        ))}
      </span>
      <span className="flex items-center gap-2 pl-5 text-2xs text-ink-3 tabular">
        <span className={cx('whitespace-nowrap', TONE_TEXT[look.tone])}>
          {look.text} {lastKnown ? <Time at={lastKnown.since} mode="age" /> : null}
        </span>
        {lastKnown ? null : (
          <>
            <span className="ml-auto">{cpu === null ? '' : formatPercent(cpu)}</span>
            <span className="w-14 text-right">{memory === null ? '' : formatBytes(memory)}</span>
          </>
        )}
      </span>
      <Handle
        type="source"
        position={Position.Bottom}
        title="Pull to a network to join it"
        className="size-2.5! border-line-strong! bg-raised! opacity-0 transition-opacity group-hover:opacity-100"
      />
      <Handle type="target" position={Position.Left} isConnectable={false} className="opacity-0" />
    </div>
  );
});
