import type { Point, Size } from '../topology/topology-layout.ts';

export type Alignment = 'left' | 'top' | 'in a row' | 'in a column';

export interface Aligned extends Point, Size {
  readonly key: string;
}

/**
 * New places for things that stand beside each other: on the same edge, or in a row or column with equal gaps between the outermost
 * two. Nothing for fewer than two.
 */
export function alignParts(parts: readonly Aligned[], alignment: Alignment): Readonly<Record<string, Point>> {
  if (parts.length < 2) return {};
  switch (alignment) {
    case 'left': {
      const x = Math.min(...parts.map((part) => part.x));
      return Object.fromEntries(parts.map(({ key, y }) => [key, { x, y }]));
    }
    case 'top': {
      const y = Math.min(...parts.map((part) => part.y));
      return Object.fromEntries(parts.map(({ key, x }) => [key, { x, y }]));
    }
    case 'in a row':
      return spread(parts, 'x', 'width');
    case 'in a column':
      return spread(parts, 'y', 'height');
  }
}

function spread(parts: readonly Aligned[], axis: 'x' | 'y', size: 'width' | 'height'): Readonly<Record<string, Point>> {
  const sorted = parts.toSorted((a, b) => a[axis] - b[axis]);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (!first || !last) return {};
  const inner = sorted.slice(0, -1).reduce((total, part) => total + part[size], 0);
  const gap = Math.max(16, (last[axis] - first[axis] - inner) / (sorted.length - 1));
  const across = axis === 'x' ? 'y' : 'x';
  const line = Math.min(...parts.map((part) => part[across]));
  let at = first[axis];
  const places: Record<string, Point> = {};
  for (const part of sorted) {
    const along = Math.round(at / 4) * 4;
    places[part.key] = axis === 'x' ? { x: along, y: line } : { x: line, y: along };
    at += part[size] + gap;
  }
  return places;
}
