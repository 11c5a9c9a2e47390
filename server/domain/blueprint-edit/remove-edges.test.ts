import { expect, it } from 'vitest';
import { yaml } from '../../testing/yaml-edits/edit-text.ts';
import { openText } from './editable-text.ts';
import { performChange } from './named-change.ts';
import { readGraph } from './read-graph.ts';
import { removeEdges } from './remove-edges.ts';

/** The text without what the node with one id writes of that with another; `refused: <message>` where it cannot be. */
function unwired(text: string, from: string, to: string): string {
  const opened = openText(text);
  const graph = opened.ok ? readGraph(opened.source) : null;
  if (!opened.ok || graph === null) throw new Error('no blueprint');
  const idAt = (path: unknown) => graph.nodes.find((node) => node.path === path)?.id;
  const edges = graph.edges.filter((edge) => idAt(edge.from) === from && edge.to !== null && idAt(edge.to) === to);
  const done = performChange(opened.source, removeEdges(graph, edges));
  return done.ok ? `# ${done.transaction.name}\n${done.source.text}` : `refused: ${done.message}`;
}

const SHOP = yaml`
  services:
  - type: docker:php
    id: web   # in front
    brooklyn.config:
      env:
        HOST: $brooklyn:component("db").attributeWhenReady("host.address")
        MODE: fast
        NAME: $brooklyn:component("db").config("database")
      both: $brooklyn:formatString("%s %s", component("db").config("x"), component("cache").config("y"))
      peers:
      - $brooklyn:component("cache")
      networks: [front, back]
  - type: mariadb
    id: db
  - type: redis
    id: cache
    brooklyn.config:
      url:
        $brooklyn:formatString:
        - "tcp://%s"
        - $brooklyn:component("db").attributeWhenReady("host.address")
  - type: virtual-network
    id: front
  - type: virtual-network
    id: back
`;

it('leaves a network, and takes out the key that holds a whole expression', () => {
  expect(unwired(SHOP, 'web', 'front')).toBe(`# Detach web from front\n${SHOP.replace('[front, back]', '[back]')}`);
  const text = unwired(SHOP, 'cache', 'db');
  expect(text).toContain('# Unwire db from cache\n');
  expect(text).not.toContain('formatString:');
  expect(text).toContain('  id: cache\n- type: virtual-network');
});

it('takes out each key that reads the part, and leaves the rest as it was', () => {
  const lone = SHOP.replace(/ {4}both: .*\n/, '');
  const text = unwired(lone, 'web', 'db');
  expect(text).toBe(`# Unwire db from web\n${lone.replace(/ {6}HOST: .*\n/, '').replace(/ {6}NAME: .*\n/, '')}`);
});

it('refuses where the same expression reads another part as well', () => {
  expect(unwired(SHOP, 'web', 'db')).toMatch(/^refused: .*both reads cache as well: change it in the form of web/);
  expect(unwired(SHOP, 'web', 'nobody')).toBe('refused: There is no reference to remove.');
});

it('takes the item of a Compose file, in its short and its long form', () => {
  const compose = yaml`
    services:
      web:
        image: nginx
        depends_on: {db: {condition: service_started}, cache: {condition: service_started}}
        extends: {service: cache}
      db:
        image: mariadb
        volumes:
        - type: volume
          source: rows
          target: /data
        - ./local:/local
      cache:
        image: redis
    volumes:
      rows: {}
  `;
  expect(unwired(compose, 'web', 'db')).toContain('depends_on: {cache: {condition: service_started}}');
  expect(unwired(compose, 'db', 'rows')).toContain('    volumes:\n    - ./local:/local\n');
  const text = unwired(compose, 'web', 'cache');
  expect(text).toContain('depends_on: {db: {condition: service_started}}');
  expect(text).not.toContain('extends');
});
