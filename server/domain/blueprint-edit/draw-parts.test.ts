import { describe, expect, it } from 'vitest';
import { yaml } from '../../testing/yaml-edits/edit-text.ts';
import { addPart, type Takes } from './add-part.ts';
import { type BlueprintGraph, findNode } from './blueprint-graph.ts';
import { copyNodes, pasteNodes } from './copy-nodes.ts';
import { openText } from './editable-text.ts';
import { type NamedChange, performChange } from './named-change.ts';
import { readGraph } from './read-graph.ts';
import { readValue } from './read-value.ts';
import type { Refusal } from './refusal.ts';
import { freshId, type Wire, wireReference } from './wire-reference.ts';
import type { YamlPath } from './yaml-path.ts';

function change(text: string, make: (graph: BlueprintGraph) => NamedChange | Refusal): string {
  const opened = openText(text);
  const graph = opened.ok ? readGraph(opened.source) : null;
  if (!opened.ok || graph === null) throw new Error('no blueprint');
  const done = performChange(opened.source, make(graph));
  return done.ok ? done.source.text : `refused: ${done.message}`;
}

function graphOf(text: string): BlueprintGraph {
  const opened = openText(text);
  const graph = opened.ok ? readGraph(opened.source) : null;
  if (graph === null) throw new Error('no blueprint');
  return graph;
}

const SHOP = yaml`
  services:
  - type: dynamic-cluster
    id: web
  # Holds the rows.
  - type: mariadb
    name: Main database
    brooklyn.config:
      database: shop
`;

describe('wireReference', () => {
  const wire = (part: Partial<Wire>): string =>
    change(SHOP, (graph) =>
      wireReference(graph, { from: ['services', 0], read: { kind: 'entity' }, to: ['services', 1], key: 'peer', ...part }),
    );

  it('writes the expression beside what is there, and leaves everything else as it was', () => {
    const text = wire({ read: { kind: 'sensor', name: 'main.uri' } });
    expect(text).toBe(`${SHOP}    peer: $brooklyn:component("web").attributeWhenReady("main.uri")\n`);
    expect(wire({ read: { kind: 'config', name: 'size' } })).toContain('peer: $brooklyn:component("web").config("size")');
    expect(wire({})).toContain('peer: $brooklyn:component("web")\n');
  });

  it('gives an id to what is read when it has none, after its name, and draws the edge', () => {
    const from: YamlPath = ['services', 1];
    const text = wire({ from, read: { kind: 'sensor', name: 'host.address' }, to: ['services', 0], key: 'shell.env', item: 'DB_HOST' });
    expect(text).toContain('- type: mariadb\n  id: main-database\n');
    expect(text).toContain('  brooklyn.config:\n    shell.env:\n      DB_HOST: $brooklyn:component("main-database")');
    expect(graphOf(text).edges).toMatchObject([{ from: ['services', 0], to: from, kind: 'sensor', name: 'host.address' }]);
  });

  it('makes a map of what is none, and adds to one that is there', () => {
    const once = change('services:\n- {type: a, id: a, env: null}\n- {type: b, id: b}\n', (graph) =>
      wireReference(graph, { from: ['services', 1], read: { kind: 'entity' }, to: ['services', 0], key: 'env', item: 'B' }),
    );
    expect(once).toContain('env: { B: $brooklyn:component("b") }'.replaceAll('{ ', '{').replaceAll(' }', '}'));
  });

  it('says why it cannot', () => {
    expect(wire({ to: ['services', 9] })).toContain('services[9]');
    const compose = 'services:\n  a: {image: x}\n  b: {image: y}\n';
    expect(
      change(compose, (graph) =>
        wireReference(graph, { from: ['services', 'a'], read: { kind: 'entity' }, to: ['services', 'b'], key: 'x' }),
      ),
    ).toContain('Show it as CAMP');
  });
});

describe('freshId', () => {
  it.each([
    [{ name: 'Load balancer', type: 'haproxy' }, 'load-balancer'],
    [{ name: null, type: 'docker:registry.example.org/team/app:1.2' }, 'app'],
    [{ name: null, type: 'org.apache.brooklyn.TomcatServer' }, 'tomcat-server'],
    [{ name: 'web', type: 'x' }, 'web-2'],
    [{ name: '???', type: null }, 'service'],
  ])('of %j is %s', (node, id) => {
    expect(freshId(graphOf(SHOP), { ...node, role: 'service' })).toBe(id);
  });
});

describe('addPart', () => {
  const add = (at: YamlPath, kind: 'entity' | 'policy', takes: Takes) =>
    change(SHOP, (graph) => addPart(graph, findNode(graph, at), { kind, spec: { type: 'docker:nginx' } }, takes));

  it('puts a member into a cluster that has none, and a service beside one that has', () => {
    const text = add(['services', 0], 'entity', 'a member');
    expect(text).toContain('  memberSpec:\n    $brooklyn:entitySpec:\n      type: docker:nginx\n');
    const again = change(text, (graph) =>
      addPart(graph, findNode(graph, ['services', 0]), { kind: 'entity', spec: { type: 'redis' } }, 'a member'),
    );
    expect(graphOf(again).nodes.filter(({ role }) => role === 'service')).toHaveLength(3);
  });

  it('puts a child into a group, a policy at an entity, and all else beside the services', () => {
    expect(add(['services', 0], 'entity', 'children')).toContain('  brooklyn.children:\n');
    expect(add(['services', 1], 'policy', 'nothing')).toContain('  brooklyn.policies:\n');
    expect(add([], 'policy', 'nothing')).toContain('\nbrooklyn.policies:\n');
    expect(add(['services', 1], 'entity', 'nothing').endsWith('- type: docker:nginx\n')).toBe(true);
    expect(change('', (graph) => addPart(graph, undefined, { kind: 'entity', spec: { type: 'a' } }, 'nothing'))).toBe(
      'services:\n- type: a\n',
    );
  });
});

describe('copyNodes and pasteNodes', () => {
  const WIRED = yaml`
    services:
    - type: docker:php
      id: web
      brooklyn.config:
        env: { DB: $brooklyn:component("db").config("database") }
    - type: mariadb
      id: db
      brooklyn.policies:
      - type: restarter
  `;

  it('copies parts as YAML that is a blueprint', () => {
    expect(copyNodes(graphOf(WIRED), [['services', 1]])).toBe(
      'services:\n- type: mariadb\n  id: db\n  brooklyn.policies:\n  - type: restarter\n',
    );
    expect(copyNodes(graphOf(WIRED), [['services', 1, 'brooklyn.policies', 0]])).toBe('brooklyn.policies:\n- type: restarter\n');
    expect(copyNodes(graphOf(WIRED), [[]])).toBeNull();
  });

  it('pastes them with fresh ids, which references among them follow', () => {
    const copied =
      copyNodes(graphOf(WIRED), [
        ['services', 0],
        ['services', 1],
      ]) ?? '';
    const text = change(WIRED, (graph) => pasteNodes(graph, [], copied));
    expect(text.startsWith(WIRED)).toBe(true);
    expect(graphOf(text).nodes.flatMap(({ id }) => id ?? [])).toEqual(['web', 'db', 'web-2', 'db-2']);
    expect(text).toContain('$brooklyn:component("db-2").config("database")');
  });

  it('takes a list of entities from elsewhere, as children of what is chosen', () => {
    const text = change(WIRED, (graph) => pasteNodes(graph, ['services', 0], '- type: redis\n  id: cache\n'));
    expect(text).toContain('  brooklyn.children:\n  - type: redis\n    id: cache\n');
  });

  it('keeps Compose in Compose', () => {
    const compose = 'services:\n  a:\n    image: x\nnetworks:\n  n: {}\n';
    const copied =
      copyNodes(graphOf(compose), [
        ['services', 'a'],
        ['networks', 'n'],
      ]) ?? '';
    const text = change(compose, (graph) => pasteNodes(graph, [], copied));
    expect(graphOf(text).nodes.map(({ id }) => id)).toEqual([null, 'a', 'a-2', 'n', 'n-2']);
    expect(change(WIRED, (graph) => pasteNodes(graph, [], compose))).toContain('do not mix');
    expect(change(WIRED, (graph) => pasteNodes(graph, [], 'just words'))).toContain('no part of a blueprint');
  });
});

describe('readValue', () => {
  it('reads lists, maps and scalars, and says what is wrong with the rest', () => {
    expect(readValue('[80, a]')).toEqual({ ok: true, value: [80, 'a'] });
    expect(readValue('A: 1\nB: $brooklyn:x')).toEqual({ ok: true, value: { A: 1, B: '$brooklyn:x' } });
    expect(readValue('')).toEqual({ ok: true, value: null });
    expect(readValue('[80')).toMatchObject({ ok: false, code: 'not-yaml' });
  });
});
