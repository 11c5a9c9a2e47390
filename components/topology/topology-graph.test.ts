import { expect, it } from 'vitest';
import type { NetworkRow } from '@/components/networks/network-rows.ts';
import type { Application } from '@/server/domain/entity/application.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import type { Host } from '@/server/domain/entity/host.ts';
import type { Instance } from '@/server/domain/entity/instance.ts';
import { toEntityShape } from './estate-shape.ts';
import { around, type TopologyInput, topologyGraph } from './topology-graph.ts';
import { linksUpTo } from './topology-references.ts';

const hosts = ['h1', 'h2'].map((id, order) => ({ id, name: id, order }) as unknown as Host);
const applications = ['shop', 'blog'].map((id) => ({ id, name: id.toUpperCase() }) as unknown as Application);
const anEntity = (id: string, applicationId: string, { config = {}, parentId = null as string | null } = {}) =>
  toEntityShape({
    ...{ id, applicationId, planId: id, spec: { config }, goal: 'running', waitingFor: null, parentId },
  } as unknown as Entity);
const anInstance = (entityId: string, applicationId: string, hostId: string) =>
  ({ id: `i-${entityId}`, entityId, applicationId, hostId }) as unknown as Instance;
const aRow = (id: string, applicationId: string, entityIds: readonly string[]) =>
  ({
    network: { id, name: id, applicationId, members: entityIds.map((entityId) => ({ instanceId: `i-${entityId}`, entityId })) },
  }) as unknown as NetworkRow;

const INPUT: TopologyInput = {
  hosts,
  applications,
  entities: [anEntity('web', 'shop'), anEntity('db', 'shop'), anEntity('lone', 'blog')],
  instances: [anInstance('web', 'shop', 'h1'), anInstance('db', 'shop', 'h2'), anInstance('lone', 'blog', 'h1')],
  networks: [aRow('back', 'shop', ['web', 'db']), aRow('front', 'shop', ['web'])],
  applicationId: null,
  networkId: null,
  grouping: 'host',
};

const boxes = (input: TopologyInput) => {
  const { boxes: drawn, containers } = topologyGraph(input);
  return drawn.map(({ name, id }) => [name, containers.filter(({ boxId }) => boxId === id).map(({ entityId }) => entityId)]);
};

it('puts a container into the box of its host, its application or its first network', () => {
  expect(boxes(INPUT)).toEqual([
    ['h1', ['lone', 'web']],
    ['h2', ['db']],
  ]);
  expect(boxes({ ...INPUT, grouping: 'application' })).toEqual([
    ['SHOP', ['db', 'web']],
    ['BLOG', ['lone']],
  ]);
  expect(boxes({ ...INPUT, grouping: 'network' })).toEqual([
    ['back', ['db', 'web']],
    ['front', []],
    ['On no network', ['lone']],
  ]);
});

it('shows of one network who is on it, and all hosts, so that nothing jumps', () => {
  const graph = topologyGraph({ ...INPUT, networkId: 'front' });
  expect(graph.containers.map(({ entityId, networkIds }) => [entityId, networkIds])).toEqual([['web', ['front']]]);
  expect(graph.hosts).toHaveLength(2);
  expect(graph.networks.map(({ network }) => network.id)).toEqual(['front']);
});

it('shows of one application its networks only, also those of others that it shares', () => {
  expect(topologyGraph({ ...INPUT, applicationId: 'blog' }).networks).toEqual([]);
  const shared = [...INPUT.networks, aRow('shared', 'shop', ['web', 'lone'])];
  expect(topologyGraph({ ...INPUT, networks: shared, applicationId: 'blog' }).networks.map(({ network }) => network.id)).toEqual([
    'shared',
  ]);
});

const refersTo = (planId: string) => ({
  config: {
    uses: {
      $dsl: {
        text: '',
        calls: [
          { name: 'component', args: [planId] },
          { name: 'attributeWhenReady', args: ['url'] },
        ],
      },
    },
  },
});

it('draws a reference to a cluster to each of its members, and shows around a box whom its containers refer to', () => {
  const entities = [
    anEntity('lb', 'shop', refersTo('pool')),
    anEntity('pool', 'shop'),
    anEntity('one', 'shop', { parentId: 'pool' }),
    anEntity('two', 'shop', { parentId: 'pool' }),
    anEntity('lone', 'blog', refersTo('pool')),
  ];
  const instances = [
    anInstance('lb', 'shop', 'h1'),
    anInstance('one', 'shop', 'h1'),
    anInstance('two', 'shop', 'h2'),
    anInstance('lone', 'blog', 'h2'),
  ];
  const graph = topologyGraph({ ...INPUT, entities, instances, networks: [] });
  expect(linksUpTo(graph.references, 60)?.map(({ from, to, labels }) => [from, to, labels])).toEqual([
    ['i-lb', 'i-one', ['url']],
    ['i-lb', 'i-two', ['url']],
  ]);
  const near = around(graph, 'h2');
  expect(near.containers.map(({ entityId }) => entityId)).toEqual(['lb', 'lone', 'two']);
  expect(near.boxes.map(({ id }) => id)).toEqual(['h1', 'h2']);
});
