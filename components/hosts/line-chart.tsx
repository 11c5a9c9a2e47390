'use client';
import 'uplot/dist/uPlot.min.css';
import { useEffect, useEffectEvent, useRef } from 'react';
import UPlot from 'uplot';
import { formatAbsolute } from '@/components/ui/format-time.ts';
import { resolveColor } from '@/components/ui/resolve-color.ts';
import type { SparkPoint } from '@/components/ui/sparkline-path.ts';

const HEIGHT = 144;

export interface LineChartProps {
  /** Oldest first. */
  points: readonly SparkPoint[];
  /** Milliseconds since the epoch at the left and right edge. */
  fromMs: number;
  toMs: number;
  format: (value: number) => string;
  max?: number | undefined;
  label: string;
  /** A value holds until the next one. */
  steps?: boolean;
}

export function LineChart(props: LineChartProps) {
  const { points, fromMs, toMs, format, label } = props;
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot | null>(null);
  const make = useEffectEvent((element: HTMLElement) => new UPlot(chartOptions(element, props), chartData(points), element));

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const rebuild = () => {
      chart.current?.destroy();
      chart.current = make(element);
    };
    rebuild();
    const resized = new ResizeObserver(() => chart.current?.setSize({ width: element.clientWidth, height: HEIGHT }));
    resized.observe(element);
    const themed = new MutationObserver(rebuild);
    themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    const scheme = window.matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', rebuild);
    return () => {
      scheme.removeEventListener('change', rebuild);
      resized.disconnect();
      themed.disconnect();
      chart.current?.destroy();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    chart.current?.setData(chartData(points), false);
    chart.current?.setScale('x', { min: fromMs / 1000, max: toMs / 1000 });
  }, [points, fromMs, toMs]);

  const values = points.map((point) => point.value);
  const summary = values.length
    ? `${label}: now ${format(values.at(-1) ?? 0)}, lowest ${format(Math.min(...values))}, highest ${format(Math.max(...values))}`
    : `${label}: no values in this range`;
  return (
    <div className="relative">
      <div ref={box} role="img" aria-label={summary} className="h-36 min-w-0" />
      {points.length === 0 ? <p className="absolute inset-0 grid place-items-center text-ink-3">No values in this range yet</p> : null}
    </div>
  );
}

function chartData(points: readonly SparkPoint[]): UPlot.AlignedData {
  return [points.map((point) => point.at / 1000), points.map((point) => point.value)];
}

function chartOptions(element: HTMLElement, { fromMs, toMs, format, max, steps }: LineChartProps): UPlot.Options {
  const ink = resolveColor(element, '--ink-3');
  const line = resolveColor(element, '--line');
  const stroke = resolveColor(element, '--series-1');
  const axis = { stroke: ink, font: '11px "Inter Variable", sans-serif', grid: { stroke: line, width: 1 }, ticks: { show: false } };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, points: { size: 6 } },
    padding: [8, 8, 0, 0],
    scales: {
      x: { time: true, min: fromMs / 1000, max: toMs / 1000 },
      y: { range: (_chart, _low, high) => [0, max ?? Math.max(high * 1.15, Number.MIN_VALUE)] },
    },
    axes: [
      { ...axis, size: 24, space: 80, values: (_chart, ticks) => ticks.map((tick) => timeTick(tick * 1000, toMs - fromMs)) },
      {
        ...axis,
        size: 64,
        splits: (_chart, _axis, low, high) => [low, (low + high) / 2, high],
        values: (_chart, ticks) => ticks.map((tick) => format(tick)),
      },
    ],
    series: [
      {},
      {
        stroke,
        width: 1.25,
        fill: resolveColor(element, '--accent-soft'),
        points: { show: false },
        ...(steps && UPlot.paths.stepped ? { paths: UPlot.paths.stepped({ align: 1 }) } : {}),
      },
    ],
    hooks: { setCursor: [(chart) => showValue(chart, format)] },
  };
}

const DAY = 24 * 3_600_000;

function timeTick(at: number, rangeMs: number): string {
  const text = formatAbsolute(at);
  return rangeMs > 2 * DAY ? text.slice(5, 10) : text.slice(11, 16);
}

/** The value under the cursor, as the title of the plot: no box that hides the line. */
function showValue(chart: UPlot, format: (value: number) => string): void {
  const at = chart.cursor.idx;
  const value = at === null || at === undefined ? undefined : chart.data[1]?.[at];
  const time = at === null || at === undefined ? undefined : chart.data[0][at];
  chart.over.title =
    value === null || value === undefined || time === undefined ? '' : `${format(value)} at ${formatAbsolute(time * 1000)}`;
}
