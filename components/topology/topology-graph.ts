import type { NetworkRow } from '@/components/networks/network-rows.ts';
import { type ConfigValue, type DslExpression, isDeferred } from '../../server/domain/blueprint/config-value.ts';
import type { Application } from '../../server/domain/entity/application.ts';
import type { Entity } from '../../server/domain/entity/entity.ts';
import type { Cloud, Host } from '../../server/domain/entity/host.ts';
import type { Instance } from '../../server/domain/entity/instance.ts';

import { type NetworkTrace, networkTraces } from './network-trace.ts';

export const GROUPINGS = ['host', 'network', 'application'] as const;
/** What the boxes are. */
export type Grouping = (typeof GROUPINGS)[number];

/** What chips are drawn in: a host, a network or an application; `none` holds what is on no network. */
export interface Box {
  readonly id: string;
  readonly kind: Grouping | 'none';
  readonly name: string;
}

/** A container drawn as a chip in a box. */
export interface ContainerNode {
  readonly instanceId: string;
  readonly entityId: string;
  readonly applicationId: string;
  readonly hostId: string;
  readonly boxId: string;
  /** Ids of the networks that it is on, by name. */
  readonly networkIds: readonly string[];
}

/** A reference from one entity to another: the arrow points from who uses to who is used. */
export interface Link {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** What is referred to: sensor names, or `members` for a load balancer's target. */
  readonly labels: readonly string[];
}

export interface TopologyGraph {
  readonly hosts: readonly Host[];
  readonly boxes: readonly Box[];
  /** Drawn once for all hosts that they reach. */
  readonly networks: readonly NetworkRow[];
  /** How each of these looks. */
  readonly traces: ReadonlyMap<string, NetworkTrace>;
  readonly containers: readonly ContainerNode[];
  /** Between instance ids. */
  readonly links: readonly Link[];
  /** Entities that have no container yet or wait for a host. */
  readonly unplaced: readonly Entity[];
}

/** The network on which the hosts of a cloud reach each other: published ports are reached through it. */
export interface Lan {
  readonly id: string;
  readonly name: string;
  readonly hostIds: readonly string[];
}

export function lansOf(clouds: readonly Cloud[], hosts: readonly Host[]): readonly Lan[] {
  return clouds
    .map((cloud) => ({
      id: `lan:${cloud.id}`,
      name: `${cloud.name}: host network`,
      hostIds: hosts.filter((host) => host.cloudId === cloud.id).map((host) => String(host.id)),
    }))
    .filter((lan) => lan.hostIds.length > 0);
}

export interface TopologyInput {
  readonly hosts: readonly Host[];
  readonly entities: readonly Entity[];
  readonly instances: readonly Instance[];
  readonly networks: readonly NetworkRow[];
  readonly applications: readonly Application[];
  /** Only this application; null shows all. */
  readonly applicationId: string | null;
  /** Only what is on this network; null shows all. */
  readonly networkId: string | null;
  readonly grouping: Grouping;
}

/** The picture of the estate: who sits where, on which networks, and who refers to whom. Order is stable: hosts by age, containers by id. */
export function topologyGraph(input: TopologyInput): TopologyGraph {
  const entities = input.entities.filter((entity) => input.applicationId === null || entity.applicationId === input.applicationId);
  const known = new Set(entities.map(({ id }) => String(id)));
  const networks = input.networks.filter(
    ({ network }) =>
      (input.networkId === null || network.id === input.networkId) &&
      (input.applicationId === null ||
        network.applicationId === input.applicationId ||
        network.members.some(({ entityId }) => known.has(entityId))),
  );
  const joined = joinedNetworks(networks);
  const instances = input.instances
    .filter((instance) => known.has(instance.entityId) && (input.networkId === null || joined.has(instance.id)))
    .toSorted(byId);
  const byEntity = Map.groupBy(instances, (instance) => String(instance.entityId));
  const hosts = input.hosts.toSorted((a, b) => a.order - b.order || byId(a, b));
  const containers = instances.map((instance): ContainerNode => {
    const networkIds = joined.get(instance.id) ?? [];
    const boxId = boxOf(input.grouping, instance, networkIds);
    const { id: instanceId, entityId, applicationId, hostId } = instance;
    return { instanceId, entityId, applicationId, hostId, boxId, networkIds };
  });
  return {
    hosts,
    boxes: toBoxes(input, { hosts, networks, containers }),
    networks,
    traces: networkTraces(input.networks.map(({ network }) => network.id)),
    containers,
    links: entityLinks(entities).flatMap((link) => instanceLinks(link, byEntity)),
    unplaced: entities
      .filter((entity) => entity.goal === 'running' && entity.waitingFor !== null && !byEntity.has(entity.id))
      .toSorted(byId),
  };
}

export function isContainer({ containers }: TopologyGraph, id: string): boolean {
  return containers.some(({ instanceId }) => instanceId === id);
}

const NO_NETWORK = 'no-network';

function boxOf(grouping: Grouping, { hostId, applicationId }: Instance, [network = NO_NETWORK]: readonly string[]): string {
  switch (grouping) {
    case 'host':
      return hostId;
    case 'application':
      return applicationId;
    case 'network':
      return network;
  }
}

type Drawn = Pick<TopologyGraph, 'hosts' | 'networks' | 'containers'>;

function toBoxes({ grouping, applications }: TopologyInput, { hosts, networks, containers }: Drawn): readonly Box[] {
  const filled = new Set(containers.map(({ boxId }) => boxId));
  switch (grouping) {
    case 'host':
      return hosts.map(({ id, name }) => ({ id, kind: 'host', name }));
    case 'application':
      return applications.filter(({ id }) => filled.has(id)).map(({ id, name }) => ({ id, kind: 'application', name }));
    case 'network': {
      const boxes = networks.map(({ network }): Box => ({ id: network.id, kind: 'network', name: network.name }));
      return filled.has(NO_NETWORK) ? [...boxes, { id: NO_NETWORK, kind: 'none', name: 'On no network' }] : boxes;
    }
  }
}

function joinedNetworks(rows: readonly NetworkRow[]): ReadonlyMap<string, readonly string[]> {
  const joined = new Map<string, string[]>();
  for (const { network } of rows) {
    for (const { instanceId } of network.members) {
      const ids = joined.get(instanceId);
      if (ids) ids.push(network.id);
      else joined.set(instanceId, [network.id]);
    }
  }
  return joined;
}

/** References between entities, from deferred config values; a reference to a cluster is a reference to its members. */
export function entityLinks(entities: readonly Entity[]): readonly Link[] {
  const links = new Map<string, { from: string; to: string; labels: Set<string> }>();
  for (const entity of entities) {
    for (const reference of references(entity.spec.config)) {
      for (const target of targetsOf(entity, reference.planId, entities)) {
        const id = `${entity.id}→${target.id}`;
        const link = links.get(id) ?? { from: entity.id, to: target.id, labels: new Set<string>() };
        link.labels.add(reference.label);
        links.set(id, link);
      }
    }
  }
  return [...links].map(([id, link]) => ({ id, from: link.from, to: link.to, labels: [...link.labels].sort() }));
}

function instanceLinks(link: Link, byEntity: ReadonlyMap<string, readonly Instance[]>): readonly Link[] {
  const from = byEntity.get(link.from) ?? [];
  const to = byEntity.get(link.to) ?? [];
  return from.flatMap((source) => to.map((target) => ({ ...link, id: `${source.id}→${target.id}`, from: source.id, to: target.id })));
}

function targetsOf(user: Entity, planId: string, entities: readonly Entity[]): readonly Entity[] {
  const target = entities.find((entity) => entity.applicationId === user.applicationId && entity.planId === planId);
  if (!target || target.id === user.id) return [];
  const members = entities.filter((entity) => entity.parentId === target.id);
  return members.length > 0 ? members : [target];
}

interface Reference {
  readonly planId: string;
  readonly label: string;
}

function references(value: ConfigValue | undefined): readonly Reference[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isDeferred(value)) return expressionReferences(value.$dsl);
  return Object.values(value).flatMap((item) => references(item));
}

const LOOKUPS = new Set(['component', 'entity', 'sibling', 'child', 'descendant']);

function expressionReferences(expression: DslExpression): readonly Reference[] {
  const nested = expression.calls.flatMap((call) => call.args.flatMap(references));
  const lookup = expression.calls.find((call) => LOOKUPS.has(call.name));
  const planId = lookup?.args.at(-1);
  if (typeof planId !== 'string') return nested;
  const read = expression.calls.find((call) => call.name === 'attributeWhenReady' || call.name === 'config');
  const label = read?.args[0];
  return [{ planId, label: typeof label === 'string' ? label : 'members' }, ...nested];
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
