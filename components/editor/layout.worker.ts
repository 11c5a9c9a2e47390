import ELK from 'elkjs/lib/elk.bundled.js';
import type { Point } from '../topology/topology-layout.ts';
import type { LayoutRequest } from './layout-messages.ts';

const elk = new ELK();

self.onmessage = async ({ data: { nodes, edges, direction } }: MessageEvent<LayoutRequest>) => {
  const graph = await elk.layout({
    id: 'blueprint',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': direction,
      'elk.spacing.nodeNode': '40',
      'elk.layered.spacing.nodeNodeBetweenLayers': '72',
      'elk.spacing.componentComponent': '56',
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
    },
    children: nodes.map(({ id, width, height }) => ({ id, width, height })),
    edges: edges.map(({ from, to }, index) => ({ id: `e${index}`, sources: [from], targets: [to] })),
  });
  const places: Record<string, Point> = {};
  for (const { id, x = 0, y = 0 } of graph.children ?? []) places[id] = { x: Math.round(x / 4) * 4, y: Math.round(y / 4) * 4 };
  self.postMessage(places);
};
