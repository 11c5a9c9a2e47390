import type { Point, Size } from '../topology/topology-layout.ts';

export interface WalkedNode extends Point, Size {
  readonly id: string;
}

const DIRECTIONS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['ArrowLeft', [-1, 0]],
  ['ArrowRight', [1, 0]],
  ['ArrowUp', [0, -1]],
  ['ArrowDown', [0, 1]],
]);

/** Null for any other key. */
export function toDirection(key: string): readonly [dx: number, dy: number] | null {
  return DIRECTIONS.get(key) ?? null;
}

/**
 * The node to which an arrow leads: the nearest whose centre lies that way, what lies aside counting double; null at the edge. Places are those on
 * the whole canvas.
 */
export function nextNode(nodes: readonly WalkedNode[], from: string, [dx, dy]: readonly [number, number]): string | null {
  const start = nodes.find(({ id }) => id === from);
  if (!start) return nodes[0]?.id ?? null;
  const origin = centre(start);
  let best: { readonly id: string; readonly cost: number } | null = null;
  for (const node of nodes) {
    if (node.id === from) continue;
    const { x, y } = centre(node);
    const along = (x - origin.x) * dx + (y - origin.y) * dy;
    if (along <= 0) continue;
    const aside = dx === 0 ? gap(origin.x, node.x, node.width) : gap(origin.y, node.y, node.height);
    const cost = along + 2 * aside;
    if (best === null || cost < best.cost) best = { id: node.id, cost };
  }
  return best?.id ?? null;
}

/** From a point to a stretch; 0 within it. */
function gap(at: number, start: number, length: number): number {
  return Math.max(0, start - at, at - start - length);
}

function centre({ x, y, width, height }: WalkedNode): Point {
  return { x: x + width / 2, y: y + height / 2 };
}
