import { type ConfigValue, type Deferred, isNestedSpec } from '../blueprint/config-value.ts';
import type { AdjunctSpec, EntitySpec } from '../entity/entity-spec.ts';
import { BALANCED_SENSORS } from './web-app-config.ts';

const BALANCER = 'haproxy';
const CLUSTER = 'web-cluster';
/** Sensors of the load balancer that the whole has too. */
const OF_BALANCER = ['main.uri', 'mapped.main.uri', 'host.address', 'host.name', 'proxy.http.port'];
const OF_CLUSTER = ['group.members.count', ...BALANCED_SENSORS.map(({ name }) => name)];
const PART_KEYS = ['controlleddynamicwebappcluster.webClusterSpec', 'controlleddynamicwebappcluster.controllerSpec'];
/** Config that no child inherits: it is the cluster's own. */
const OF_SIZE = /^(?:cluster\.|dynamiccluster\.|quorum$|update$)/;

/**
 * Brooklyn's ControlledDynamicWebAppCluster as what it is made of: a cluster of the members, a load balancer over it, and the sensors of
 * both. Its config reaches them by inheritance; its policies work on the cluster, which has the size and the members.
 */
export function toBalancedCluster(spec: EntitySpec): EntitySpec {
  const { memberSpec, firstMemberSpec, policies, ...whole } = spec;
  const clusterId = `${spec.path}/cluster`;
  const balancerId = `${spec.path}/controller`;
  const entries = Object.entries(spec.config).filter(([key]) => !PART_KEYS.includes(key));
  const sizing = Object.fromEntries(entries.filter(([key]) => OF_SIZE.test(key)));
  const servers = partOf(spec.config['controlleddynamicwebappcluster.webClusterSpec'], { type: CLUSTER, name: 'Servers', id: clusterId });
  const cluster: EntitySpec = {
    ...servers,
    config: { ...sizing, ...servers.config },
    memberSpec,
    ...(firstMemberSpec === undefined ? {} : { firstMemberSpec }),
    ...(policies === undefined ? {} : { policies }),
  };
  const balancer = partOf(spec.config['controlleddynamicwebappcluster.controllerSpec'], {
    type: BALANCER,
    name: 'Load balancer',
    id: balancerId,
  });
  const target = { 'loadBalancer.target': component(clusterId) };
  return {
    ...whole,
    config: Object.fromEntries(entries.filter(([key]) => !OF_SIZE.test(key))),
    memberSpec: null,
    children: [cluster, { ...balancer, config: { ...target, ...balancer.config } }, ...spec.children],
    enrichers: [propagator('balancer', balancerId, OF_BALANCER), propagator('cluster', clusterId, OF_CLUSTER), ...(spec.enrichers ?? [])],
  };
}

interface Part {
  readonly type: string;
  readonly name: string;
  /** Its id and its place; a blueprint can write none with a slash, so it is nobody else's. */
  readonly id: string;
}

/** As the blueprint gives it, or the usual one. */
function partOf(given: ConfigValue | undefined, { type, name, id }: Part): EntitySpec {
  const usual: EntitySpec = { type, name, planId: id, path: id, location: null, config: {}, children: [], memberSpec: null };
  return isNestedSpec(given) ? { ...given.$spec, planId: given.$spec.planId ?? id, path: id } : usual;
}

export function propagator(id: string, producer: string, sensors: readonly string[]): AdjunctSpec {
  return { type: 'propagator', id, config: { 'enricher.producer': component(producer), 'enricher.propagating.inclusions': sensors } };
}

export function component(id: string): Deferred {
  return { $dsl: { text: `component("${id}")`, calls: [{ name: 'component', args: [id] }] } };
}
