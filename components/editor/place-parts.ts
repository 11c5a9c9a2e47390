import type { Point, Size } from '../topology/topology-layout.ts';
import type { BlueprintPicture, DrawnPart } from './blueprint-picture.ts';
import type { Places } from './editor-store.ts';

const GAP = 40;
const STEP = { x: 292, y: 96 } as const;
const COLUMNS = 2;

/** Places for parts that have none: beside those that have, or in rows. Empty when all have one. */
export function freePlaces({ parts }: BlueprintPicture): Places {
  const taken: (Point & Size)[] = parts.flatMap(({ parent, position, width, height }) =>
    parent === null && position !== null ? [{ ...position, width, height }] : [],
  );
  const places: Record<string, Point> = {};
  for (const part of parts) {
    if (part.parent !== null || part.position !== null) continue;
    const place = firstFree(part, taken);
    places[part.key] = place;
    taken.push({ ...place, width: part.width, height: part.height });
  }
  return places;
}

export function isUnplaced({ parent, position }: DrawnPart): boolean {
  return parent === null && position === null;
}

function firstFree({ width, height }: Size, taken: readonly (Point & Size)[]): Point {
  const origin = taken[0] ?? { x: 0, y: 0 };
  for (let cell = 0; ; cell += 1) {
    const place = { x: origin.x + (cell % COLUMNS) * STEP.x, y: origin.y + Math.floor(cell / COLUMNS) * STEP.y };
    const isFree = taken.every(
      (one) =>
        place.x + width + GAP <= one.x ||
        one.x + one.width + GAP <= place.x ||
        place.y + height + GAP / 2 <= one.y ||
        one.y + one.height + GAP / 2 <= place.y,
    );
    if (isFree) return place;
  }
}
