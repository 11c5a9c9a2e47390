import { describe, expect, it } from 'vitest';
import { yaml } from '../../testing/yaml-edits/edit-text.ts';
import type { BlueprintGraph } from './blueprint-graph.ts';
import { addLocation, joinNetwork, leaveNetwork, removeConfig, removeLocation, renameConfig, setConfig } from './change-field.ts';
import { addNode, duplicateNode, moveNode, removeNode, renameNode } from './change-node.ts';
import { openText } from './editable-text.ts';
import { type NamedChange, performChange } from './named-change.ts';
import { readGraph } from './read-graph.ts';
import type { Refusal } from './refusal.ts';

/** The text after a change, or `refused: <code>`; with its name when asked. */
function changed(text: string, make: (graph: BlueprintGraph) => NamedChange | Refusal, named = false): string {
  const opened = openText(text);
  const graph = opened.ok ? readGraph(opened.source) : null;
  if (!opened.ok || graph === null) throw new Error('no blueprint');
  const result = performChange(opened.source, make(graph));
  if (!result.ok) return `refused: ${result.code}`;
  return named ? result.transaction.name : result.source.text;
}

const camp = yaml`
  services:
  # the web
  - type: docker:php
    name: Web
    brooklyn.config:
      # small
      docker.memory: 64m
      url: $brooklyn:component("db").attributeWhenReady("url")
    env: {A: 1}
  - type: mariadb
    id: db
    brooklyn.config:
      own: $brooklyn:formatString("%s %s", component("db").config("x"), "db")
`;

describe('changing a CAMP blueprint', () => {
  it('adds services, children, policies and enrichers', () => {
    expect(changed('services: []\n', (graph) => addNode(graph, { role: 'service', parent: [], spec: { type: 'a', id: 'x' } }))).toBe(
      'services:\n- type: a\n  id: x\n',
    );
    for (const [role, key] of [
      ['child', 'children'],
      ['policy', 'policies'],
      ['enricher', 'enrichers'],
      ['initializer', 'initializers'],
    ] as const) {
      expect(changed('services:\n- type: a\n', (graph) => addNode(graph, { role, parent: ['services', 0], spec: { type: 'b' } }))).toBe(
        `services:\n- type: a\n  brooklyn.${key}:\n  - type: b\n`,
      );
    }
    expect(changed(camp, (graph) => addNode(graph, { role: 'service', parent: [], spec: { type: 'a' }, at: 0 }))).toBe(
      camp.replace('# the web', '- type: a\n# the web'),
    );
  });

  it('names what it does', () => {
    expect(changed(camp, (graph) => addNode(graph, { role: 'service', parent: [], spec: { type: 'a', name: 'Cache' } }), true)).toBe(
      'Add Cache',
    );
    expect(changed(camp, (graph) => removeNode(graph, ['services', 0]), true)).toBe('Remove Web');
    expect(changed(camp, (graph) => setConfig(graph, ['services', 1], 'x', 1), true)).toBe('Set x of db');
  });

  it('has no place for a network, nor for a service in a service', () => {
    expect(changed(camp, (graph) => addNode(graph, { role: 'network', parent: [], spec: {} }))).toBe('refused: wrong-kind');
    expect(changed(camp, (graph) => addNode(graph, { role: 'service', parent: ['services', 0], spec: {} }))).toBe('refused: wrong-kind');
  });

  it('removes the last service but keeps the key, the last child with its key', () => {
    expect(changed('services:\n- type: a\n', (graph) => removeNode(graph, ['services', 0]))).toBe('services: []\n');
    const parent = 'services:\n- type: a\n  brooklyn.children:\n  - type: b\n';
    expect(changed(parent, (graph) => removeNode(graph, ['services', 0, 'brooklyn.children', 0]))).toBe('services:\n- type: a\n');
    const cluster = 'services:\n- type: cluster\n  memberSpec:\n    $brooklyn:entitySpec:\n      type: b\n';
    expect(changed(cluster, (graph) => removeNode(graph, ['services', 0, 'memberSpec', '$brooklyn:entitySpec']))).toBe(
      'services:\n- type: cluster\n',
    );
    expect(changed(camp, (graph) => removeNode(graph, []))).toBe('refused: path-missing');
    expect(changed(camp, (graph) => removeNode(graph, ['services', 7]))).toBe('refused: path-missing');
  });

  it('moves a service into another as its child', () => {
    expect(
      changed('services:\n- type: a\n# B\n- type: b\n', (graph) =>
        moveNode(graph, ['services', 1], { role: 'child', parent: ['services', 0] }),
      ),
    ).toBe('services:\n- type: a\n  brooklyn.children:\n  # B\n  - type: b\n');
  });

  it('duplicates a service with a new id; references within the copy follow', () => {
    expect(changed(camp, (graph) => duplicateNode(graph, ['services', 1]))).toBe(
      `${camp}- type: mariadb\n  id: db-2\n  brooklyn.config:\n    own: $brooklyn:formatString("%s %s", component("db-2").config("x"), "db")\n`,
    );
    expect(changed(camp, (graph) => duplicateNode(graph, ['services', 0]))).toContain(
      'component("db").attributeWhenReady("url")\n  env: {A: 1}\n# the web\n- type: docker:php',
    );
  });

  it('renames an id with every reference to it, and with nothing else', () => {
    const text = yaml`
      services:
      - type: a
        one: $brooklyn:component( "db" ).config("db")
        two: $brooklyn:component(db)
        three:
          $brooklyn:component("db").attributeWhenReady: db
        four: "db"
      - type: b
        id: db # the rows
    `;
    expect(changed(text, (graph) => renameNode(graph, ['services', 1], 'rows'))).toBe(yaml`
      services:
      - type: a
        one: $brooklyn:component( "rows" ).config("db")
        two: $brooklyn:component("rows")
        three:
          $brooklyn:component("rows").attributeWhenReady: db
        four: "db"
      - type: b
        id: rows # the rows
    `);
  });

  it('gives an id to what has none, after its type', () => {
    expect(changed(camp, (graph) => renameNode(graph, ['services', 0], 'web'))).toBe(
      camp.replace('docker:php\n', 'docker:php\n  id: web\n'),
    );
  });

  it('sets config where it stands already, and else in brooklyn.config', () => {
    expect(changed(camp, (graph) => setConfig(graph, ['services', 0], 'docker.memory', '1g'))).toBe(camp.replace('64m', '1g'));
    expect(changed(camp, (graph) => setConfig(graph, ['services', 0], 'env', { A: 1, B: 2 }))).toBe(camp.replace('{A: 1}', '{A: 1, B: 2}'));
    expect(changed('services:\n- type: a\n', (graph) => setConfig(graph, ['services', 0], 'x', 1))).toBe(
      'services:\n- type: a\n  brooklyn.config:\n    x: 1\n',
    );
  });

  it('renames and removes config; the last takes brooklyn.config with it', () => {
    expect(changed(camp, (graph) => renameConfig(graph, ['services', 0], 'env', 'shell.env'))).toBe(camp.replace('env:', 'shell.env:'));
    expect(changed(camp, (graph) => removeConfig(graph, ['services', 0], 'docker.memory'))).toBe(
      camp.replace('    # small\n    docker.memory: 64m\n', ''),
    );
    expect(changed('services:\n- type: a\n  brooklyn.config:\n    x: 1\n', (graph) => removeConfig(graph, ['services', 0], 'x'))).toBe(
      'services:\n- type: a\n',
    );
    expect(changed(camp, (graph) => removeConfig(graph, ['services', 0], 'none'))).toBe('refused: path-missing');
  });

  it('adds and removes locations', () => {
    const none = 'services:\n- type: a\n';
    const one = `${none}location: lab\n`;
    const two = `${none}locations:\n- lab\n- far\n`;
    expect(changed(none, (graph) => addLocation(graph, [], 'lab'))).toBe(one);
    expect(changed(one, (graph) => addLocation(graph, [], 'far'))).toBe(two);
    expect(changed(two, (graph) => addLocation(graph, [], 'near'))).toBe(`${two}- near\n`);
    expect(changed(two, (graph) => removeLocation(graph, [], 1))).toBe(`${none}locations:\n- lab\n`);
    expect(changed(one, (graph) => removeLocation(graph, [], 0))).toBe(none);
  });

  it('attaches to networks and detaches', () => {
    const one = 'services:\n- type: a\n  brooklyn.config:\n    network.list:\n    - dmz\n';
    expect(changed('services:\n- type: a\n', (graph) => joinNetwork(graph, ['services', 0], 'dmz'))).toBe(one);
    expect(changed(one, (graph) => joinNetwork(graph, ['services', 0], 'db'))).toBe(`${one}    - db\n`);
    expect(changed(one, (graph) => leaveNetwork(graph, ['services', 0], 'dmz'))).toBe('services:\n- type: a\n');
    expect(changed(one, (graph) => leaveNetwork(graph, ['services', 0], 'other'))).toBe('refused: path-missing');
  });

  it('renames a network where it is named', () => {
    const text = 'services:\n- type: a\n  networks: [one, two]\n- type: virtual-network\n  id: one\n';
    expect(changed(text, (graph) => renameNode(graph, ['services', 1], 'front'))).toBe(text.replaceAll('one', 'front'));
  });

  it('renames and detaches a network that is named in a map of a list', () => {
    const mapped = '  networks:\n  - name: one\n    aliases: [w]\n  - two\n';
    const text = `services:\n- type: a\n${mapped}- type: virtual-network\n  id: one\n`;
    expect(changed(text, (graph) => renameNode(graph, ['services', 1], 'front'))).toBe(text.replaceAll('one', 'front'));
    expect(changed(text, (graph) => leaveNetwork(graph, ['services', 0], 'one'))).toBe(
      text.replace('  - name: one\n    aliases: [w]\n', ''),
    );
    expect(changed(text, (graph) => joinNetwork(graph, ['services', 0], 'db'))).toBe(text.replace('  - two\n', '  - two\n  - db\n'));
  });

  it('leaves a network its own name, though its id is the same', () => {
    const text = 'services:\n- type: a\n  networks: [one]\n- type: virtual-network\n  id: one\n  network.id: one\n';
    const renamed = text.replace('  id: one', '  id: front');
    expect(changed(text, (graph) => renameNode(graph, ['services', 1], 'front'))).toBe(renamed);
  });

  it('attaches and detaches where a part names its networks already', () => {
    const listed = 'services:\n- type: a\n  networks: [dmz]\n';
    expect(changed(listed, (graph) => joinNetwork(graph, ['services', 0], 'db'))).toBe(listed.replace('[dmz]', '[dmz, db]'));
    expect(changed(listed, (graph) => leaveNetwork(graph, ['services', 0], 'dmz'))).toBe('services:\n- type: a\n');
    const mapped = 'services:\n- type: a\n  brooklyn.config:\n    docker.container.networks: { dmz: { aliases: [w] } }\n';
    expect(changed(mapped, (graph) => joinNetwork(graph, ['services', 0], 'db'))).toBe(mapped.replace('[w] } }', '[w] }, db: null }'));
    expect(changed('services:\n- type: a\n', (graph) => leaveNetwork(graph, ['services', 0], 'dmz'))).toBe('refused: path-missing');
  });
});

const compose = yaml`
  services:
    # the web
    web:
      image: nginx
      depends_on:
        db: {condition: service_healthy}
      networks: [dmz]
    db:
      image: mariadb
      links: ["web:front"]
      network_mode: service:web
      volumes:
        - data:/data
  networks:
    dmz:
  volumes:
    data:
`;

describe('changing a Compose file', () => {
  it('adds, duplicates and removes services and networks under their keys', () => {
    expect(changed(compose, (graph) => addNode(graph, { role: 'network', parent: [], key: 'back', spec: {} }))).toBe(
      compose.replace('  dmz:\n', '  dmz:\n  back: {}\n'),
    );
    expect(changed(compose, (graph) => addNode(graph, { role: 'service', parent: [], spec: { image: 'redis' } }))).toContain(
      '  service:\n    image: redis\nnetworks:',
    );
    expect(changed(compose, (graph) => removeNode(graph, ['networks', 'dmz']))).toBe(compose.replace('networks:\n  dmz:\n', ''));
    expect(changed(compose, (graph) => duplicateNode(graph, ['services', 'web']))).toContain(
      'networks: [dmz]\n  # the web\n  web-2:\n    image: nginx\n',
    );
  });

  it('renames a service with what depends on it, links to it and shares its network', () => {
    const after = changed(compose, (graph) => renameNode(graph, ['services', 'web'], 'front'));
    expect(after).toBe(
      compose.replace('  web:\n', '  front:\n').replace('"web:front"', '"front:front"').replace('service:web', 'service:front'),
    );
    expect(changed(compose, (graph) => renameNode(graph, ['services', 'db'], 'rows'))).toBe(
      compose.replace('      db:', '      rows:').replace('  db:\n', '  rows:\n'),
    );
  });

  it('renames networks and volumes where services name them', () => {
    expect(changed(compose, (graph) => renameNode(graph, ['networks', 'dmz'], 'front'))).toBe(compose.replaceAll('dmz', 'front'));
    expect(changed(compose, (graph) => renameNode(graph, ['volumes', 'data'], 'rows'))).toBe(
      compose.replace('data:/data', 'rows:/data').replace('  data:\n', '  rows:\n'),
    );
  });

  it('attaches to a network in the form that the service uses', () => {
    expect(changed(compose, (graph) => joinNetwork(graph, ['services', 'web'], 'back'))).toBe(compose.replace('[dmz]', '[dmz, back]'));
    const map = compose.replace('[dmz]', '{dmz: {aliases: [w]}}');
    expect(changed(map, (graph) => joinNetwork(graph, ['services', 'web'], 'back'))).toBe(map.replace('[w]}}', '[w]}, back: null}'));
    expect(changed(map, (graph) => leaveNetwork(graph, ['services', 'web'], 'dmz'))).toBe(
      map.replace('    networks: {dmz: {aliases: [w]}}\n', ''),
    );
  });

  it('sets a key of a service at its root', () => {
    expect(changed(compose, (graph) => setConfig(graph, ['services', 'web'], 'ports', ['80:80']))).toBe(
      compose.replace('    networks: [dmz]\n', '    networks: [dmz]\n    ports:\n      - "80:80"\n'),
    );
  });
});
