import ELK from 'elkjs/lib/elk.bundled.js';
import type { Point, Size } from './topology-layout.ts';

interface Request {
  readonly hosts: readonly ({ readonly id: string } & Size)[];
  /** Between boxes, in flow units. */
  readonly spacing: number;
}

const elk = new ELK();

self.onmessage = async (event: MessageEvent<Request>) => {
  const { hosts, spacing } = event.data;
  const graph = await elk.layout({
    id: 'estate',
    layoutOptions: { 'elk.algorithm': 'rectpacking', 'elk.spacing.nodeNode': String(spacing), 'elk.aspectRatio': '1.6' },
    children: hosts.map(({ id, width, height }) => ({ id, width, height })),
  });
  const positions: Record<string, Point> = {};
  for (const { id, x = 0, y = 0 } of graph.children ?? []) positions[id] = { x: Math.round(x), y: Math.round(y) };
  self.postMessage(positions);
};
