import type { InternalNode } from '@xyflow/react';
import type { Point, Size } from '../topology/topology-layout.ts';

/** Where a node is on the canvas, in flow units. */
export function boxOf(node: InternalNode | undefined): (Point & Size) | null {
  if (!node) return null;
  const { x, y } = node.internals.positionAbsolute;
  return { x, y, width: node.measured.width ?? node.width ?? 0, height: node.measured.height ?? node.height ?? 0 };
}

export function centreOf(box: Point & Size): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
