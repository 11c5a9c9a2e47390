import { expect, it } from 'vitest';
import type { FlowNode } from './flow-nodes.ts';
import { hostUnder } from './host-under.ts';

const box = (id: string, x: number, type: FlowNode['type'] = 'host'): FlowNode => ({
  ...{ id, type, position: { x, y: 100 }, width: 200, height: 300, draggable: true, selected: false, ariaLabel: id },
  data: { recordId: id },
});
const NODES: readonly FlowNode[] = [
  box('h1', 0),
  box('h2', 300),
  box('net', 600, 'lane'),
  { ...box('c', 0, 'container'), parentId: 'h1', width: 100, height: 40 },
];
const under = (x: number, y = 20) => hostUnder(NODES, 'c', { x, y });

it('is the box of another host that holds the middle of the container', () => {
  expect([under(250), under(260), under(449), under(451)]).toEqual(['h2', 'h2', 'h2', null]);
  expect(under(300, 281)).toBeNull();
});

it('is none over its own host, a network or nothing', () => {
  expect([under(10), under(220), under(620), hostUnder(NODES, 'gone', { x: 300, y: 20 })]).toEqual([null, null, null, null]);
});
