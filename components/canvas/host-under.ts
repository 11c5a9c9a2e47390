import type { Point } from '../topology/topology-layout.ts';
import type { FlowNode } from './flow-nodes.ts';

/** The box of another host on which a container is held, by its middle; `at` is its place in its own box. Null for none. */
export function hostUnder(nodes: readonly FlowNode[], instanceId: string, at: Point): string | null {
  const chip = nodes.find(({ id }) => id === instanceId);
  const own = nodes.find(({ id }) => id === chip?.parentId);
  if (!chip || !own) return null;
  const x = own.position.x + at.x + chip.width / 2;
  const y = own.position.y + at.y + chip.height / 2;
  const isUnder = ({ position, width, height }: FlowNode) =>
    x >= position.x && x <= position.x + width && y >= position.y && y <= position.y + height;
  // What is drawn later lies above.
  return nodes.findLast((node) => node.type === 'host' && node.id !== own.id && isUnder(node))?.id ?? null;
}
