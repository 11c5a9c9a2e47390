'use client';
import { ChartLine } from 'lucide-react';
import { useState } from 'react';
import { HistoryChart } from '@/components/hosts/history-chart.tsx';
import { useMetricSeries } from '@/components/live/use-metric.ts';
import { Button } from '@/components/ui/button.tsx';
import { formatBytes, formatPercent } from '@/components/ui/format-quantity.ts';
import { Sparkline } from '@/components/ui/sparkline.tsx';
import type { Entity } from '@/server/domain/entity/entity.ts';
import type { Json } from '@/server/domain/shared/json.ts';

/** Numbers sampled each second from the container. */
const METRICS = [
  { sensor: 'docker.container.cpu', show: (value: number) => formatPercent(value) },
  { sensor: 'docker.container.memory', show: (value: number) => formatBytes(value) },
] as const;

/** All sensors of an entity, live; numbers with their last two minutes and, on demand, their history. */
export function SensorList({ entity }: { entity: Entity }) {
  const names = Object.keys(entity.sensors).sort();
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="sr-only">Sensors of {entity.name}</caption>
      <tbody>
        {entity.instanceId && !entity.machine
          ? METRICS.map((metric) => <MetricRow key={metric.sensor} subjectId={entity.id} {...metric} />)
          : null}
        {names.map((name) => (
          <SensorRow key={name} name={name} value={entity.sensors[name] ?? null} />
        ))}
      </tbody>
    </table>
  );
}

function SensorRow({ name, value }: { name: string; value: Json }) {
  const text = showValue(value);
  return (
    <tr className="border-b border-line align-top last:border-b-0">
      <th scope="row" className="w-2/5 truncate py-1.5 pr-3 text-left font-normal text-ink-2" title={name}>
        {name}
      </th>
      {/* The key restarts the flash when the value is another one. */}
      <td key={text} className="animate-flash py-1.5 break-words">
        {typeof value === 'string' && /^https?:\/\//.test(value) ? (
          <a href={value} target="_blank" rel="noreferrer" className="text-accent-text underline underline-offset-2">
            {value}
          </a>
        ) : (
          <span className="font-mono text-xs">{text}</span>
        )}
      </td>
    </tr>
  );
}

function MetricRow({ subjectId, sensor, show }: { subjectId: string; sensor: string; show: (value: number) => string }) {
  const series = useMetricSeries(subjectId, sensor);
  const [open, setOpen] = useState(false);
  const last = series.at(-1)?.value;
  return (
    <>
      <tr className="border-b border-line last:border-b-0">
        <th scope="row" className="w-2/5 truncate py-1.5 pr-3 text-left font-normal text-ink-2" title={sensor}>
          {sensor}
        </th>
        <td className="py-1.5">
          <span className="flex min-w-0 items-center gap-2">
            <span className="w-16 shrink-0 whitespace-nowrap tabular">{last === undefined ? '…' : show(last)}</span>
            <Sparkline points={series} width={72} />
            <Button
              variant="ghost"
              square
              aria-expanded={open}
              aria-label={`${open ? 'Hide' : 'Show'} history of ${sensor}`}
              onClick={() => setOpen(!open)}
            >
              <ChartLine aria-hidden />
            </Button>
          </span>
        </td>
      </tr>
      {open ? (
        <tr className="border-b border-line">
          <td colSpan={2} className="py-2">
            <HistoryChart subjectId={subjectId} sensor={sensor} title={sensor} format={show} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

function showValue(value: Json): string {
  if (value === null || isEmpty(value)) return 'none';
  // Ports and counts alike: digits only, as blueprints and logs write them.
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value;
  return JSON.stringify(value);
}

function isEmpty(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
