import { describe, expect, it } from 'vitest';
import { yaml } from '../../testing/yaml-edits/edit-text.ts';
import { openText } from './editable-text.ts';
import { readGraph } from './read-graph.ts';
import { formatPath } from './yaml-path.ts';

function graphOf(text: string) {
  const opened = openText(text);
  if (!opened.ok) throw new Error(opened.message);
  return readGraph(opened.source);
}

const drawn = (text: string) =>
  graphOf(text)?.nodes.map(({ path, role, id, type, parent }) =>
    [formatPath(path), role, id, type, parent && formatPath(parent)].join(' | '),
  );
const wired = (text: string) =>
  graphOf(text)?.edges.map(({ from, to, kind, target, name, at }) =>
    [formatPath(from), kind, target, name, '→', to && formatPath(to), 'at', formatPath(at)].join(' '),
  );

const shop = yaml`
  name: Shop
  services:
  - type: haproxy
    id: lb
    serverPool: $brooklyn:component("web")
  - type: dynamic-cluster
    id: web
    brooklyn.config:
      cluster.initial.size: 2
    memberSpec:
      $brooklyn:entitySpec:
        type: docker:php
        brooklyn.config:
          docker.container.environment:
            DB: $brooklyn:formatString("%s/%s", component("db").attributeWhenReady("url"), component("nowhere").config("x"))
    brooklyn.policies:
    - type: auto-scaler
  - type: group
    brooklyn.children:
    - serviceType: mariadb
      id: db
      name: Rows
`;

describe('the graph of a CAMP blueprint', () => {
  it('has the application, services, members, adjuncts and children as nodes, with their places', () => {
    expect(drawn(shop)).toEqual([
      'the text | application |  |  | ',
      'services[0] | service | lb | haproxy | the text',
      'services[1] | service | web | dynamic-cluster | the text',
      'services[1].memberSpec.$brooklyn:entitySpec | member |  | docker:php | services[1]',
      'services[1].brooklyn.policies[0] | policy |  | auto-scaler | services[1]',
      'services[2] | service |  | group | the text',
      'services[2].brooklyn.children[0] | child | db | mariadb | services[2]',
    ]);
    const node = graphOf(shop)?.nodes.at(-1);
    expect(node && shop.slice(node.range.start, node.range.end)).toBe('- serviceType: mariadb\n    id: db\n    name: Rows');
  });

  it('has an edge for each reference in an expression', () => {
    expect(wired(shop)).toEqual([
      'services[0] entity web  → services[1] at services[0].serverPool',
      'services[1].memberSpec.$brooklyn:entitySpec sensor db url → services[2].brooklyn.children[0] at services[1].memberSpec.$brooklyn:entitySpec.brooklyn.config.docker.container.environment.DB',
      'services[1].memberSpec.$brooklyn:entitySpec config nowhere x →  at services[1].memberSpec.$brooklyn:entitySpec.brooklyn.config.docker.container.environment.DB',
    ]);
  });

  it('keeps what a field is, where it stands and whether it is shared', () => {
    const fields = graphOf('x: &m 64m\nservices:\n- type: a\n  brooklyn.config: {memory: *m, brooklyn: 1}\n  brooklyn.flags: {f: 2}\n')
      ?.nodes[1]?.fields;
    expect(fields?.map(({ key, place, value, shared }) => [key, place, value, shared])).toEqual([
      ['type', 'root', 'a', false],
      ['memory', 'brooklyn.config', '64m', true],
      ['brooklyn', 'brooklyn.config', 1, false],
      ['f', 'brooklyn.flags', 2, false],
    ]);
  });

  it('takes an expression in a key, a scope, parents and networks', () => {
    const text = yaml`
      services:
      - type: org.apache.brooklyn.VirtualNetwork
        networkId: dmz
      - type: a
        id: a
        one:
          $brooklyn:component("b").attributeWhenReady: main.uri
        two: $brooklyn:component("sibling", "b")
        three: $brooklyn:child("b")
        four: $brooklyn:parent().config("y")
        five: $brooklyn:config("own")
        brooklyn.config:
          network.list: [dmz, other]
      - type: b
        id: b
    `;
    expect(wired(text)).toEqual([
      'services[1] sensor b main.uri → services[2] at services[1].one.$brooklyn:component("b").attributeWhenReady',
      'services[1] entity b  → services[2] at services[1].two',
      'services[1] entity b  →  at services[1].three',
      'services[1] config parent() y → the text at services[1].four',
      'services[1] network dmz  → services[0] at services[1].brooklyn.config.network.list[0]',
      'services[1] network other  →  at services[1].brooklyn.config.network.list[1]',
    ]);
  });

  it('takes networks in each form that can be written', () => {
    const network = 'services:\n- type: virtual-network\n  id: dmz\n- type: a\n  networks: ';
    const at = (written: string) => wired(`${network}${written}\n`);
    expect(at('dmz')).toEqual(['services[1] network dmz  → services[0] at services[1].networks']);
    expect(at('[dmz]')).toEqual(['services[1] network dmz  → services[0] at services[1].networks[0]']);
    expect(at('{dmz: {aliases: [w]}}')).toEqual(['services[1] network dmz  → services[0] at services[1].networks.dmz']);
    expect(at('[other, {name: dmz}, 5, {aliases: [w]}]')).toEqual([
      'services[1] network other  →  at services[1].networks[0]',
      'services[1] network dmz  → services[0] at services[1].networks[1].name',
    ]);
  });

  it('is that of an application alone before there is anything in it', () => {
    for (const text of ['', 'name: x\n', 'services:\n', 'services: []\n']) expect(drawn(text)).toHaveLength(1);
  });

  it('is not drawn for what is no blueprint', () => {
    expect(graphOf('- 1\n')).toBeNull();
    expect(graphOf('services: 1\n')).toBeNull();
  });

  it('takes a list with anything but services in it for a field', () => {
    expect(drawn('services:\n- type: a\n- 5\n')).toHaveLength(1);
  });
});

describe('the graph of a Compose file', () => {
  const compose = yaml`
    name: shop
    services:
      web:
        image: nginx:1.22
        depends_on: [db]
        networks: {dmz: {aliases: [w]}}
        volumes:
          - data:/data
          - ./src:/src
          - {type: volume, source: gone, target: /x}
      db:
        image: mariadb
        links: ["web:front"]
        network_mode: service:web
    networks:
      dmz:
    volumes:
      data: {}
  `;

  it('has services, networks and volumes as nodes', () => {
    expect(drawn(compose)).toEqual([
      'the text | application |  |  | ',
      'services.web | service | web | nginx:1.22 | the text',
      'services.db | service | db | mariadb | the text',
      'networks.dmz | network | dmz |  | the text',
      'volumes.data | volume | data |  | the text',
    ]);
  });

  it('has an edge for each reference', () => {
    expect(wired(compose)).toEqual([
      'services.web depends-on db  → services.db at services.web.depends_on[0]',
      'services.web network dmz  → networks.dmz at services.web.networks.dmz',
      'services.web volume data  → volumes.data at services.web.volumes[0]',
      'services.web volume gone  →  at services.web.volumes[2].source',
      'services.db link web  → services.web at services.db.links[0]',
      'services.db network web  → services.web at services.db.network_mode',
    ]);
  });
});
