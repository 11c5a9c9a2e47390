import type { Json } from '../shared/json.ts';

/** How many of those that count must be well. `points`: a line of [size, needed], as Brooklyn's linear range; between two it is interpolated. */
export type Quorum =
  | 'all'
  | 'atLeastOne'
  | 'atLeastOneUnlessEmpty'
  | 'allAndAtLeastOne'
  | 'alwaysTrue'
  | number
  | { readonly points: readonly (readonly [number, number])[] };

const NAMED = ['all', 'atLeastOne', 'atLeastOneUnlessEmpty', 'allAndAtLeastOne', 'alwaysTrue'] as const;

/** Resolved config as a quorum; undefined for what is none. A list of points may be given as text: `[[0,0],[5,3]]`. */
export function toQuorum(given: Json | undefined): Quorum | undefined {
  if (typeof given === 'number') return given;
  if (typeof given === 'string') return fromText(given.trim());
  if (!Array.isArray(given)) return undefined;
  const points = given.filter(isPoint).toSorted(([a], [b]) => a - b);
  return points.length >= 2 && points.length === given.length ? { points } : undefined;
}

function fromText(text: string): Quorum | undefined {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  if (text === 'alwaysHealthy') return 'alwaysTrue';
  if (text.startsWith('[')) return fromJson(text);
  return NAMED.find((name) => name === text);
}

function fromJson(text: string): Quorum | undefined {
  try {
    return toQuorum(JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

function isPoint(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === 'number' && Number.isFinite(one));
}

/** Of `size` that count, so many are needed. A number is capped at the size. */
export function neededOf(quorum: Quorum, size: number): number {
  if (typeof quorum === 'number') return Math.min(quorum, size);
  if (typeof quorum === 'object') return onLine(quorum.points, size);
  switch (quorum) {
    case 'all':
      return size;
    case 'allAndAtLeastOne':
      return Math.max(1, size);
    case 'atLeastOne':
      return 1;
    case 'atLeastOneUnlessEmpty':
      return Math.min(1, size);
    case 'alwaysTrue':
      return 0;
  }
}

/** Beyond its ends a line goes on as its first and last part do. Never more than there are, or less than none. */
function onLine(points: readonly (readonly [number, number])[], size: number): number {
  const next = points.findIndex(([at]) => at >= size);
  const end = Math.min(Math.max(1, next === -1 ? points.length - 1 : next), points.length - 1);
  const [[x1, y1] = [0, 0], [x2, y2] = [0, 0]] = [points[end - 1], points[end]];
  const needed = x1 === x2 ? y2 : y1 + ((y2 - y1) * (size - x1)) / (x2 - x1);
  return Math.min(size, Math.max(0, Math.ceil(needed - 1e-9)));
}
