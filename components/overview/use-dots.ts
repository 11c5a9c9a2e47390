'use client';
import { type RefObject, useEffect, useState } from 'react';
import { countTones, type ToneCounts } from '@/components/canvas/container-look.ts';
import { toneOf } from '@/components/canvas/use-tones.ts';
import { useLiveStores } from '@/components/live/live-context.ts';
import type { Tone } from '@/components/ui/state-look.ts';
import { makeDotPainter } from './dot-painter.ts';
import { dotPlace, type OverviewLayout } from './overview-layout.ts';
import { useColors } from './use-colors.ts';

/** A container and where in its box it is. */
export interface PlacedDot {
  readonly instanceId: string;
  readonly boxId: string;
  readonly cell: number;
}

/** Words are for people and screen readers: not more often than this. */
const COUNT_MS = 1_000;

const NO_COUNTS: ReadonlyMap<string, ToneCounts> = new Map();

/** Paints the dots, and those that change as they do; counts of each box come once a second. React renders no dot. */
export function useDots(
  canvas: RefObject<HTMLCanvasElement | null>,
  dots: readonly PlacedDot[],
  layout: OverviewLayout,
): ReadonlyMap<string, ToneCounts> {
  const { live } = useLiveStores();
  const colors = useColors();
  const [counts, setCounts] = useState(NO_COUNTS);

  // biome-ignore lint/correctness/useExhaustiveDependencies: other colours are painted anew
  useEffect(() => {
    const element = canvas.current;
    const painter = element && makeDotPainter(element, layout.pitch);
    if (!element || !painter) return;
    painter.resize(layout.width, layout.height);
    const cells = new Map(layout.cells.map((cell) => [cell.id, cell]));
    const places = dots.map(({ boxId, cell }) => {
      const box = cells.get(boxId);
      const { x, y } = dotPlace(layout, cell);
      return { x: (box?.x ?? 0) + x, y: (box?.y ?? 0) + y };
    });
    const painted: (Tone | null)[] = dots.map(() => null);
    let frame = 0;
    let countedAt = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const count = () => {
      timer = undefined;
      countedAt = performance.now();
      setCounts(countBoxes(dots, painted));
    };
    const paint = () => {
      frame = 0;
      const { tables } = live.state();
      let isChanged = false;
      for (const [n, { instanceId }] of dots.entries()) {
        const tone = toneOf(tables, instanceId);
        const place = places[n];
        if (tone === painted[n] || !place) continue;
        painted[n] = tone;
        isChanged = true;
        painter.dot(place, tone);
      }
      if (isChanged) timer ??= setTimeout(count, Math.max(0, countedAt + COUNT_MS - performance.now()));
    };
    paint();
    count();
    element.dataset.dots = String(dots.length);
    const leave = live.subscribe(['entity', 'instance', 'host'], () => {
      if (frame === 0) frame = requestAnimationFrame(paint);
    });
    return () => {
      leave();
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [canvas, live, dots, layout, colors]);
  return counts;
}

function countBoxes(dots: readonly PlacedDot[], tones: readonly (Tone | null)[]): ReadonlyMap<string, ToneCounts> {
  const byBox = new Map<string, Tone[]>();
  for (const [n, { boxId }] of dots.entries()) {
    const own = byBox.get(boxId) ?? [];
    byBox.set(boxId, own);
    const tone = tones[n];
    if (tone) own.push(tone);
  }
  return new Map([...byBox].map(([id, own]) => [id, countTones(own)]));
}
