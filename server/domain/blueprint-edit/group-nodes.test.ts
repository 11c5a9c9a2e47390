import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runsOf } from '../../testing/runs-of.ts';
import { blueprints } from '../../testing/yaml-edits/arbitrary-blueprint.ts';
import { yaml } from '../../testing/yaml-edits/edit-text.ts';
import { bare } from '../../testing/yaml-edits/graph-model.ts';
import type { BlueprintGraph } from './blueprint-graph.ts';
import { openText } from './editable-text.ts';
import { groupNodes, ungroupNode } from './group-nodes.ts';
import { type NamedChange, performChange } from './named-change.ts';
import { readGraph } from './read-graph.ts';
import type { Refusal } from './refusal.ts';
import { writeText } from './write-text.ts';
import type { EditValue } from './written-node.ts';

function graphOf(text: string): BlueprintGraph {
  const opened = openText(text);
  const graph = opened.ok ? readGraph(opened.source) : null;
  if (graph === null) throw new Error('no blueprint');
  return graph;
}

function changed(text: string, make: (graph: BlueprintGraph) => NamedChange | Refusal): string {
  const opened = openText(text);
  if (!opened.ok) throw new Error('no blueprint');
  const done = performChange(opened.source, make(graphOf(text)));
  return done.ok ? done.source.text : `refused: ${done.message}`;
}

const group = (text: string, ...at: readonly number[]) =>
  changed(text, (graph) =>
    groupNodes(
      graph,
      at.map((one) => ['services', one]),
    ),
  );
const ungroup = (text: string, at: number) => changed(text, (graph) => ungroupNode(graph, ['services', at]));

const SHOP = yaml`
  # A shop
  services:
  # in front
  - type: haproxy
    id: lb
  - type: mariadb
    id: db   # the rows
    # small
    memory: 64m
  # talks to db
  - type: docker:php
    id: web
    env: { DB: $brooklyn:sibling("db").attributeWhenReady("host.address") }
`;

it('puts what is chosen into a group, in its order and with its comments', () => {
  expect(group(SHOP, 1, 2)).toBe(yaml`
    # A shop
    services:
    # in front
    - type: haproxy
      id: lb
    - type: application
      id: group
      brooklyn.children:
      - type: mariadb
        id: db   # the rows
        # small
        memory: 64m
      # talks to db
      - type: docker:php
        id: web
        env: { DB: $brooklyn:sibling("db").attributeWhenReady("host.address") }
  `);
});

it('brings together what does not stand side by side, and groups within a group', () => {
  const lone = SHOP.replace('sibling', 'component');
  const text = group(lone, 0, 2);
  expect(graphOf(text).nodes.map(({ id, path }) => `${path.length} ${id}`)).toEqual(['0 null', '2 group', '4 lb', '4 web', '2 db']);
  const again = changed(text, (graph) => groupNodes(graph, [['services', 0, 'brooklyn.children', 1]]));
  expect(graphOf(again).nodes.map(({ id, path }) => `${path.length} ${id}`)).toEqual([
    '0 null',
    '2 group',
    '4 lb',
    '4 group-2',
    '6 web',
    '2 db',
  ]);
});

it('takes a group away around what is in it', () => {
  expect(ungroup(group(SHOP, 1, 2), 1)).toBe(SHOP);
});

it('refuses where an expression would mean another part then', () => {
  expect(group(SHOP, 2)).toMatch(/^refused: env of web goes by sibling\(\), which would mean another part/);
  expect(group(SHOP, 0, 1)).toContain('env of web goes by sibling()');
  const parent = SHOP.replace(/env: .*/, 'url: $brooklyn:formatString("%s", parent().config("x"))');
  expect(group(parent, 2)).toContain('url of web goes by parent()');
  expect(group(parent, 0, 1)).not.toContain('refused');
});

it('refuses what cannot be grouped, and to lose what a group says itself', () => {
  expect(changed(SHOP, (graph) => groupNodes(graph, [[]]))).toBe('refused: There is nothing to group.');
  expect(changed('services: {a: {image: x}}\n', (graph) => groupNodes(graph, [['services', 'a']]))).toContain('Show it as CAMP');
  const grouped = group(SHOP, 1, 2);
  expect(
    changed(grouped, (graph) =>
      groupNodes(graph, [
        ['services', 0],
        ['services', 1, 'brooklyn.children', 0],
      ]),
    ),
  ).toContain('different boxes');
  expect(ungroup(SHOP, 0)).toContain('is no group');
  expect(ungroup(grouped.replace('  id: group\n', '  id: group\n  location: lab\n'), 1)).toContain('settings of its own (location)');
  expect(ungroup(grouped.replace('id: lb\n', 'id: lb\n  of: $brooklyn:component("group")\n'), 1)).toContain('lb reads group');
});

it('ungrouping undoes the grouping of neighbours, whatever they are', () => {
  let [done, refused] = [0, 0];
  fc.assert(
    fc.property(blueprints, fc.nat(3), fc.integer({ min: 1, max: 3 }), (value, from, count) => {
      const text = writeText(value as EditValue) ?? '';
      const graph = graphOf(text);
      const paths = graph.nodes.flatMap(({ path, role }) => (role === 'service' ? [path] : [])).slice(from, from + count);
      const grouped = changed(text, () => groupNodes(graph, paths));
      if (grouped.startsWith('refused')) {
        refused += 1;
        return;
      }
      done += 1;
      expect(graphOf(grouped).nodes).toHaveLength(graph.nodes.length + 1);
      expect(bare(graphOf(ungroup(grouped, from)))).toEqual(bare(graph));
    }),
    { numRuns: runsOf(100) },
  );
  expect(done).toBeGreaterThan(refused / 4);
});
