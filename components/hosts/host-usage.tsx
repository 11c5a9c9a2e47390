'use client';
import { useMetric, useMetricSeries } from '@/components/live/use-metric.ts';
import { formatBytes, formatPercent } from '@/components/ui/format-quantity.ts';
import { Meter } from '@/components/ui/progress.tsx';
import { Sparkline } from '@/components/ui/sparkline.tsx';
import type { Host } from '@/server/domain/entity/host.ts';
import { USAGE_SENSOR } from '@/server/domain/sensor/usage-between.ts';

/** Share of its CPUs in use, with the last two minutes. Values of a host that does not answer are old, so none is shown. */
export function HostCpu({ host }: { host: Host }) {
  const points = useMetricSeries(host.id, USAGE_SENSOR.machineCpu);
  const share = host.state === 'ready' ? (points.at(-1)?.value ?? null) : null;
  return (
    <span className="flex items-center gap-2">
      <Sparkline points={host.state === 'ready' ? points : []} width={56} height={16} max={1} />
      <span className="w-12 text-right text-ink-2 tabular">{share === null ? '–' : formatPercent(share)}</span>
    </span>
  );
}

export function HostMemory({ host }: { host: Host }) {
  const used = useMetric(host.id, USAGE_SENSOR.machineMemoryUsed);
  const total = host.facts?.memoryBytes ?? null;
  const known = host.state === 'ready' && used !== null && total !== null;
  return (
    <span className="flex items-center gap-2">
      <Meter share={known ? used / total : null} label={`Memory of ${host.name}`} className="w-20" />
      <span className="text-ink-2 tabular">
        {known ? formatBytes(used) : '–'}
        {total === null ? null : <span className="text-ink-3"> / {formatBytes(total)}</span>}
      </span>
    </span>
  );
}

/** Memory that is left for more containers. */
export function HostFree({ host }: { host: Host }) {
  const used = useMetric(host.id, USAGE_SENSOR.machineMemoryUsed);
  const total = host.facts?.memoryBytes ?? null;
  return <>{host.state === 'ready' && used !== null && total !== null ? formatBytes(Math.max(0, total - used)) : '–'}</>;
}
