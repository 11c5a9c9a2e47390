import type { NetworkRow } from '@/components/networks/network-rows.ts';
import type { Application } from '../../server/domain/entity/application.ts';
import type { Cloud, Host } from '../../server/domain/entity/host.ts';
import type { EntityShape, InstanceShape } from './estate-shape.ts';
import { type NetworkTrace, networkTraces } from './network-trace.ts';
import { type Reference, referencesAround, referencesOf } from './topology-references.ts';

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

export interface TopologyGraph {
  readonly hosts: readonly Host[];
  readonly boxes: readonly Box[];
  /** All networks that could be chosen. */
  readonly reachable: readonly NetworkRow[];
  /** Those that are shown, drawn once for all hosts that they reach. */
  readonly networks: readonly NetworkRow[];
  /** How each of these looks. */
  readonly traces: ReadonlyMap<string, NetworkTrace>;
  readonly containers: readonly ContainerNode[];
  /** Who uses whom, between instances. */
  readonly references: readonly Reference[];
  /** Entities that have no container yet or wait for a host. */
  readonly unplaced: readonly EntityShape[];
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
  readonly entities: readonly EntityShape[];
  readonly instances: readonly InstanceShape[];
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
  const reachable = input.networks.filter(
    ({ network }) =>
      input.applicationId === null ||
      network.applicationId === input.applicationId ||
      network.members.some(({ entityId }) => known.has(entityId)),
  );
  const networks = reachable.filter(({ network }) => input.networkId === null || network.id === input.networkId);
  const joined = joinedNetworks(networks);
  const instances = input.instances
    .filter((instance) => known.has(instance.entityId) && (input.networkId === null || joined.has(instance.id)))
    .toSorted(byId);
  const placed = new Set(instances.map(({ entityId }) => String(entityId)));
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
    reachable,
    networks,
    traces: networkTraces(input.networks.map(({ network }) => network.id)),
    containers,
    references: referencesOf(entities, instances),
    unplaced: entities.filter((entity) => entity.goal === 'running' && entity.waitingFor !== null && !placed.has(entity.id)).toSorted(byId),
  };
}

/** More containers than these are not drawn one by one until a box is opened. */
const MOST_DRAWN = 1_000;

export function isLarge({ containers }: TopologyGraph): boolean {
  return containers.length > MOST_DRAWN;
}

export function isContainer({ containers }: TopologyGraph, id: string): boolean {
  return containers.some(({ instanceId }) => instanceId === id);
}

const NO_NETWORK = 'no-network';

function boxOf(grouping: Grouping, { hostId, applicationId }: InstanceShape, [network = NO_NETWORK]: readonly string[]): string {
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

/** One box with what its containers refer to and are referred to by: these alone of the other boxes. */
export function around(graph: TopologyGraph, boxId: string): TopologyGraph {
  const inside = new Set(graph.containers.filter((one) => one.boxId === boxId).map(({ instanceId }) => instanceId));
  const references = referencesAround(graph.references, inside);
  const shown = new Set([...inside, ...references.flatMap(({ from, to }) => [...from, ...to])]);
  const containers = graph.containers.filter(({ instanceId }) => shown.has(instanceId));
  const boxIds = new Set([boxId, ...containers.map((one) => one.boxId)]);
  const networkIds = new Set(containers.flatMap((one) => one.networkIds));
  return {
    ...graph,
    boxes: graph.boxes.filter(({ id }) => boxIds.has(id)),
    networks: graph.networks.filter(({ network }) => networkIds.has(network.id)),
    containers,
    references,
  };
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
