/** Geometry of the topology canvas, in flow units (pixels at zoom 1), on a 4-unit grid. */
const CHIP = { width: 204, height: 48, gap: 8 } as const;
export const HOST = { header: 64, footer: 28, padding: 12, columns: 2, gap: 48, chip: CHIP } as const;
export const LANE = { width: 440, height: 40, gap: 16 } as const;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Size of a host's box for so many chips. An empty host keeps room for one row, so that it does not jump with its first container. */
export function hostSize(chips: number): Size {
  const rows = Math.max(1, Math.ceil(chips / HOST.columns));
  return {
    width: HOST.padding * 2 + HOST.columns * CHIP.width + (HOST.columns - 1) * CHIP.gap,
    height: HOST.header + rows * CHIP.height + (rows - 1) * CHIP.gap + HOST.padding + HOST.footer,
  };
}

/** Place of a chip in its host's box, relative to the box. */
export function chipPosition(index: number): Point {
  return {
    x: HOST.padding + (index % HOST.columns) * (CHIP.width + CHIP.gap),
    y: HOST.header + Math.floor(index / HOST.columns) * (CHIP.height + CHIP.gap),
  };
}

/**
 * Chips keep their cell: a cell is given to a container when it is first seen and freed when it is gone; a replacement of the same
 * entity takes over its predecessor's cell. Returns the new assignment of instance ids to cells of one host.
 */
export function assignCells(
  before: ReadonlyMap<string, { readonly cell: number; readonly entityId: string }>,
  containers: readonly { readonly instanceId: string; readonly entityId: string }[],
): Map<string, { readonly cell: number; readonly entityId: string }> {
  const after = new Map<string, { readonly cell: number; readonly entityId: string }>();
  const taken = new Set<number>();
  const place = (instanceId: string, entityId: string, cell: number) => {
    after.set(instanceId, { cell, entityId });
    taken.add(cell);
  };
  for (const { instanceId, entityId } of containers) {
    const kept = before.get(instanceId);
    if (kept) place(instanceId, entityId, kept.cell);
  }
  const vacated = new Map([...before].filter(([id]) => !after.has(id)).map(([, { cell, entityId }]) => [entityId, cell]));
  // What is taken stays so: the search goes on where it stopped, for a box may hold ten thousand.
  let free = 0;
  for (const { instanceId, entityId } of containers) {
    if (after.has(instanceId)) continue;
    const inherited = vacated.get(entityId);
    while (taken.has(free)) free += 1;
    place(instanceId, entityId, inherited !== undefined && !taken.has(inherited) ? inherited : free);
  }
  return after;
}

/** Positions for hosts that have none: in rows beside those that have. Positions that exist are never changed. */
export function placeHosts(
  hosts: readonly { readonly id: string; readonly size: Size }[],
  known: Readonly<Record<string, Point>>,
): Record<string, Point> {
  const positions: Record<string, Point> = {};
  for (const { id } of hosts) {
    const position = known[id];
    if (position) positions[id] = position;
  }
  const columns = Math.max(1, Math.ceil(Math.sqrt(hosts.length)));
  const step = { x: hostSize(0).width + HOST.gap, y: Math.max(...hosts.map((host) => host.size.height), hostSize(0).height) + HOST.gap };
  const isFree = (point: Point) =>
    Object.values(positions).every(
      (other) => Math.abs(other.x - point.x) >= step.x - HOST.gap || Math.abs(other.y - point.y) >= step.y - HOST.gap,
    );
  let cell = 0;
  for (const { id } of hosts) {
    if (positions[id]) continue;
    let point: Point;
    do {
      point = { x: (cell % columns) * step.x, y: Math.floor(cell / columns) * step.y };
      cell++;
    } while (!isFree(point));
    positions[id] = point;
  }
  return positions;
}
