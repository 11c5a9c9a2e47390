import { expect, it } from 'vitest';
import type { TopologyGraph } from '../topology/topology-graph.ts';
import { membershipEdges, membershipId } from './membership-edges.ts';

const graphOf = (count: number, grouping: 'host' | 'network' = 'host') =>
  ({
    traces: new Map(),
    boxes: ['h1', 'h2', 'n1'].map((id) => ({ id, kind: 'host', name: id })),
    containers: Array.from({ length: count }, (_, n) => ({
      instanceId: `i${n}`,
      entityId: `e${n}`,
      hostId: `h${1 + (n % 2)}`,
      boxId: grouping === 'host' ? `h${1 + (n % 2)}` : 'n1',
      networkIds: ['n1'],
    })),
  }) as unknown as TopologyGraph;

const idsOf = (graph: TopologyGraph, selected: readonly string[] = []) =>
  membershipEdges(graph, { selected, mostLines: 60 }).map(({ id }) => id);

it('joins each container to its networks, on whatever host it is', () => {
  expect(idsOf(graphOf(2))).toEqual(['i0~n1', 'i1~n1']);
});

it('draws no line into the box that a container is in', () => {
  expect(idsOf(graphOf(2, 'network'))).toEqual([]);
});

it('draws a thousand containers as one line a host, with their number, and those of what is selected one by one', () => {
  const graph = graphOf(1_000);
  expect(membershipEdges(graph, { selected: [], mostLines: 60 }).map(({ id, kind, label }) => [id, kind, label])).toEqual([
    ['h1~n1', 'bundle', '500'],
    ['h2~n1', 'bundle', '500'],
  ]);
  expect(idsOf(graph, ['i7'])).toEqual(['i7~n1', 'h1~n1', 'h2~n1']);
  expect(idsOf(graph, [membershipId('i7', 'n1')])).toContain('i7~n1');
  expect(idsOf(graph, ['n1'])).toHaveLength(1_000);
});
