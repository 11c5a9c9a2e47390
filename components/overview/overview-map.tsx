'use client';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { countTones, describeTones, TONE_WORDS, type ToneCounts, worstTone } from '@/components/canvas/container-look.ts';
import { nextNode, toDirection } from '@/components/canvas/walk-nodes.ts';
import type { Box, TopologyGraph } from '@/components/topology/topology-graph.ts';
import { assignCells, type Size } from '@/components/topology/topology-layout.ts';
import { Segments } from '@/components/ui/segments.tsx';
import { TONE_ORDER } from '@/components/ui/state-look.ts';
import { useUrlState } from '@/components/ui/use-url-state.ts';
import { Dot } from './dot-shapes.tsx';
import { OverviewCell } from './overview-cell.tsx';
import { layoutOverview } from './overview-layout.ts';
import { type PlacedDot, useDots } from './use-dots.ts';

export interface OverviewMapProps {
  graph: TopologyGraph;
  /** Shows what is in a box on the canvas. */
  onOpen: (boxId: string) => void;
}

type Cells = ReadonlyMap<string, { readonly cell: number; readonly entityId: string }>;

const SCALES = ['fit', 'full'] as const;
const NO_TONES = countTones([]);

/** An estate too large to be drawn container by container: a cell for each box, in it a dot for each container. Arrows walk, Enter opens. */
export function OverviewMap({ graph, onOpen }: OverviewMapProps) {
  const pane = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = usePaneSize(pane);
  const [scale, setScale] = useUrlState('size', 'fit', SCALES);
  const [focused, setFocused] = useState<string | null>(null);
  const { dots, boxes } = useDotPlaces(graph);
  const layout = useMemo(() => layoutOverview({ boxes, pane: size, scale }), [boxes, size, scale]);
  const counts = useDots(canvas, dots, layout);
  const named = useMemo(() => new Map(graph.boxes.map((box) => [box.id, box])), [graph.boxes]);
  const first = layout.cells.some(({ id }) => id === focused) ? focused : layout.cells[0]?.id;

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const from = event.target instanceof HTMLElement ? event.target.dataset.box : undefined;
    const direction = toDirection(event.key);
    const next = from && direction && nextNode(layout.cells, from, direction);
    if (!next) return;
    event.preventDefault();
    pane.current?.querySelector<HTMLElement>(`[data-box="${CSS.escape(next)}"]`)?.focus();
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col max-md:min-h-[70dvh]">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-1.5 text-sm text-ink-2">
        <Legend counts={counts} />
        <Segments
          className="ml-auto"
          label="Size of the map"
          value={scale}
          onChange={setScale}
          options={[
            { value: 'fit', label: 'Fit' },
            { value: 'full', label: '1:1' },
          ]}
        />
      </div>
      <div ref={pane} className="relative min-h-0 flex-1 overflow-auto bg-ground">
        <canvas
          ref={canvas}
          className="pointer-events-none absolute top-0 left-0 z-10"
          style={{ width: layout.width, height: layout.height }}
        />
        <ul aria-label="Boxes" className="relative" style={{ width: layout.width, height: layout.height }} onKeyDown={onKeyDown}>
          {layout.cells.map(({ id, x, y, width, height }) => (
            <OverviewCell
              key={id}
              {...{ id, x, y, width, height, onOpen }}
              name={named.get(id)?.name ?? id}
              label={labelOf(named.get(id), counts.get(id) ?? NO_TONES)}
              worst={worstTone(counts.get(id) ?? NO_TONES)}
              isNamed={layout.isNamed}
              isFirst={id === first}
              onFocus={setFocused}
            />
          ))}
        </ul>
      </div>
    </div>
  );
}

function Legend({ counts }: { counts: ReadonlyMap<string, ToneCounts> }) {
  const totals = TONE_ORDER.map((_, at) => [...counts.values()].reduce((sum, each) => sum + (each[at] ?? 0), 0));
  return (
    <ul aria-label="States" className="flex flex-wrap items-center gap-x-4 gap-y-1">
      {TONE_ORDER.map((tone, at) =>
        (totals[at] ?? 0) === 0 ? null : (
          <li key={tone} className="flex items-center gap-1.5 tabular">
            <Dot tone={tone} />
            {(totals[at] ?? 0).toLocaleString('en')} {TONE_WORDS[tone]}
          </li>
        ),
      )}
    </ul>
  );
}

function labelOf(box: Box | undefined, counts: ToneCounts): string {
  if (!box) return '';
  return `${box.kind === 'host' ? 'Host ' : box.kind === 'network' ? 'Network ' : ''}${box.name}, ${describeTones(counts)}`;
}

/** Where each container's dot is in its box: it keeps its place as long as it is there. */
function useDotPlaces(graph: TopologyGraph) {
  const cells = useRef<ReadonlyMap<string, Cells>>(new Map());
  const made = useMemo(() => {
    const byBox = Map.groupBy(graph.containers, ({ boxId }) => boxId);
    const next = new Map(graph.boxes.map(({ id }) => [id, assignCells(cells.current.get(id) ?? new Map(), byBox.get(id) ?? [])]));
    const dots: PlacedDot[] = [...next].flatMap(([boxId, own]) => [...own].map(([instanceId, { cell }]) => ({ instanceId, boxId, cell })));
    const boxes = [...next].map(([id, own]) => ({ id, dots: Math.max(0, ...[...own.values()].map(({ cell }) => cell + 1)) }));
    return { next, dots, boxes };
  }, [graph]);
  useEffect(() => {
    cells.current = made.next;
  }, [made]);
  return made;
}

function usePaneSize(pane: { readonly current: HTMLElement | null }): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    const element = pane.current;
    if (!element) return;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [pane]);
  return size;
}
