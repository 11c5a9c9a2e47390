import { isNestedSpec } from '../blueprint/config-value.ts';
import type { AdjunctSpec, EntitySpec } from '../entity/entity-spec.ts';
import { etcdMetrics } from './etcd-metrics.ts';

const NODE_SPEC = 'etcd.node.spec';

/** Clocker's EtcdCluster: its members as `etcd.node.spec` says them, one made after the other unless told otherwise, and what they say of themselves in one. */
export function toEtcdCluster(spec: EntitySpec): EntitySpec {
  const { [NODE_SPEC]: node, ...config } = spec.config;
  const members = isNestedSpec(node) ? { ...node.$spec, path: spec.memberSpec?.path ?? node.$spec.path } : spec.memberSpec;
  // One that its type alone describes is not measured yet.
  const isPlain = members?.type === 'etcd-node' && members.initializers === undefined;
  return {
    ...spec,
    config: { 'dynamiccluster.maxConcurrentChildCommands': 1, ...config },
    memberSpec: isPlain ? { ...members, initializers: etcdMetrics(config) } : members,
    enrichers: [...ofMembers(), ...(spec.enrichers ?? [])],
  };
}

function ofMembers(): readonly AdjunctSpec[] {
  const members = { 'enricher.aggregating.fromMembers': true };
  const list = (id: string, source: string, config: object): AdjunctSpec => ({
    ...{ type: 'aggregator', id },
    config: { ...members, 'enricher.sourceSensor': source, ...config },
  });
  return [
    list('cluster-name', 'etcd.cluster.name', { 'enricher.transformation': 'first' }),
    list('node-urls', 'etcd.url', { 'enricher.targetSensor': 'etcd.cluster.urls', 'enricher.transformation': 'list' }),
    list('first-node', 'etcd.node.name', { 'enricher.targetSensor': 'etcd.cluster.firstNode', 'enricher.transformation': 'first' }),
    list('leaders', 'etcd.node.isLeader', { 'enricher.targetSensor': 'etcd.cluster.leaders', 'enricher.transformation': 'sum' }),
    {
      ...{ type: 'map-aggregator', id: 'nodes' },
      config: {
        ...members,
        'enricher.keySensor': 'etcd.node.name',
        'enricher.valueSensor': 'etcd.url',
        'enricher.targetSensor': 'etcd.cluster.nodes',
      },
    },
    {
      ...{ type: 'joiner', id: 'node-list' },
      config: {
        'enricher.sourceSensor': 'etcd.cluster.urls',
        'enricher.targetSensor': 'etcd.cluster.nodeList',
        'enricher.joiner.quote': false,
      },
    },
  ];
}
