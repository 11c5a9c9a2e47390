'use client';
import { ChartLine } from 'lucide-react';
import { HistoryChart } from '@/components/hosts/history-chart.tsx';
import { toSteps, upToNow } from '@/components/hosts/step-points.ts';
import { HISTORY_RANGES, type HistoryRange, useHistory } from '@/components/hosts/use-history.ts';
import { useMetricSeries } from '@/components/live/use-metric.ts';
import { Button } from '@/components/ui/button.tsx';
import { cx } from '@/components/ui/cx.ts';
import { formatBytes, formatNumber, formatPercent } from '@/components/ui/format-quantity.ts';
import { Sparkline } from '@/components/ui/sparkline.tsx';
import type { SparkPoint } from '@/components/ui/sparkline-path.ts';
import { useUrlState } from '@/components/ui/use-url-state.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import type { Json } from '@/server/domain/shared/json.ts';

/** Numbers sampled each second from the container. */
const METRICS = [
  { sensor: 'docker.container.cpu', show: (value: number) => formatPercent(value) },
  { sensor: 'docker.container.memory', show: (value: number) => formatBytes(value) },
] as const;

/** All sensors of an entity, live; numbers with a small line and, on demand, their history. Which one is open is in the URL. */
export function SensorList({ entity }: { entity: Entity }) {
  const [open, setOpen] = useUrlState('sensor', '');
  const names = Object.keys(entity.sensors).sort();
  const row = (sensor: string) => ({
    subjectId: entity.id,
    sensor,
    open: open === sensor,
    onToggle: () => setOpen(open === sensor ? '' : sensor),
  });
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="sr-only">Sensors of {entity.name}</caption>
      <tbody>
        {entity.instanceId && !entity.machine
          ? METRICS.map(({ sensor, show }) => <MetricRow key={sensor} {...row(sensor)} show={show} />)
          : null}
        {names.map((name) => {
          const value = entity.sensors[name] ?? null;
          return typeof value === 'number' ? (
            <NumberRow key={name} {...row(name)} value={value} />
          ) : (
            <SensorRow key={name} name={name} value={value} />
          );
        })}
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

interface HistoryRowProps {
  subjectId: string;
  sensor: string;
  open: boolean;
  onToggle: () => void;
}

/** Measured each second. */
function MetricRow({ show, ...row }: HistoryRowProps & { show: (value: number) => string }) {
  const series = useMetricSeries(row.subjectId, row.sensor);
  const last = series.at(-1)?.value;
  return <HistoryRow {...row} text={last === undefined ? '…' : show(last)} line={series} show={show} />;
}

/** Published by the entity: recorded when it changes. */
function NumberRow({ value, ...row }: HistoryRowProps & { value: number }) {
  const line = useHistory(row.subjectId, row.sensor, LINE).data;
  const points = line ? toSteps(upToNow(line, value)) : [];
  return <HistoryRow {...row} text={String(value)} line={points} show={formatNumber} current={value} />;
}

/** What the small lines show. */
const LINE = { ms: 15 * 60_000, refreshMs: 15_000 };

interface ShownRow extends HistoryRowProps {
  text: string;
  line: readonly SparkPoint[];
  show: (value: number) => string;
  current?: number;
}

function HistoryRow({ subjectId, sensor, open, onToggle, text, line, show, current }: ShownRow) {
  const [range, setRange] = useUrlState<HistoryRange['id']>('range', '15m', RANGE_IDS);
  return (
    <>
      <tr className="border-b border-line last:border-b-0">
        <th scope="row" className="w-2/5 truncate py-1.5 pr-3 text-left font-normal text-ink-2" title={sensor}>
          {sensor}
        </th>
        <td className="py-1.5">
          <span className="flex min-w-0 items-center gap-2">
            {/* Ports and counts are digits only, as blueprints and logs write them. The key restarts the flash when the value is another one. */}
            <span
              key={current}
              className={cx('w-16 shrink-0 whitespace-nowrap tabular', current !== undefined && 'animate-flash font-mono text-xs')}
            >
              {text}
            </span>
            <Sparkline points={line} width={72} />
            <Button
              variant="ghost"
              square
              aria-expanded={open}
              aria-label={`${open ? 'Hide' : 'Show'} history of ${sensor}`}
              onClick={onToggle}
            >
              <ChartLine aria-hidden />
            </Button>
          </span>
        </td>
      </tr>
      {open ? (
        <tr className="border-b border-line">
          <td colSpan={2} className="py-2">
            <HistoryChart
              {...{ subjectId, sensor }}
              title={sensor}
              format={show}
              range={[range, setRange]}
              {...(current === undefined ? {} : { current })}
            />
          </td>
        </tr>
      ) : null}
    </>
  );
}

const RANGE_IDS = HISTORY_RANGES.map(({ id }) => id);

function showValue(value: Json): string {
  if (value === null || isEmpty(value)) return 'none';
  if (typeof value === 'string') return value;
  return JSON.stringify(value);
}

function isEmpty(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
