import { isMember } from '../../domain/cluster/members.ts';
import { toHostPort } from '../../domain/entity/container-sensors.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import type { StoreView } from '../../ports/store.ts';
import { membersOf } from '../members-of.ts';

/**
 * What scripts of a process are told of where it runs and of who is in its cluster, as it is when they begin:
 *
 * - `ENTITY_ID`, `HOST_ADDRESS`, and `HOST_PORT_<port>` for each TCP port that is led to it.
 * - `CLUSTER_MEMBERS`: a line for each member of its cluster, itself first: its id, then `<port>=<address>:<port>` for each TCP port, as it is reached
 *   from here; one that runs nowhere has its id alone. What is in no cluster is by itself.
 * - `CLUSTER_FIRST=true` where no other can have begun the cluster: none of them has been up, and none was made earlier.
 * - `CLUSTER_LEAVES=true` where it is to go for good from a cluster that stays.
 */
export function runEnvironment(view: StoreView, instance: Instance): Readonly<Record<string, string>> {
  const entity = view.get('entity', instance.entityId);
  const host = view.get('host', instance.hostId);
  if (!entity || !host) return {};
  const cluster = entity.slot === null || entity.parentId === null ? undefined : view.get('entity', entity.parentId);
  const others = cluster ? (membersOf(view, cluster) ?? []).filter(({ id }) => id !== entity.id) : [];
  const networks = networksOf(instance);
  const lines = [
    [entity.id, ...reached(view, instance, networks)],
    ...others.map((other) => [other.id, ...reached(view, view.get('instance', other.instanceId ?? ''), networks)]),
  ];
  return {
    ENTITY_ID: entity.id,
    HOST_ADDRESS: host.address,
    ...Object.fromEntries(tcpPorts(instance).map((port) => [`HOST_PORT_${port.container}`, String(port.host)])),
    CLUSTER_MEMBERS: lines.map((words) => words.join(' ')).join('\n'),
    ...(isFirst(entity, others) ? { CLUSTER_FIRST: 'true' } : {}),
    ...(cluster && isLeaving(entity, cluster) ? { CLUSTER_LEAVES: 'true' } : {}),
  };
}

function isFirst(entity: Entity, others: readonly Entity[]): boolean {
  return others.every(({ slot, wasUp }) => wasUp !== true && (slot ?? 0) > (entity.slot ?? 0));
}

function isLeaving(entity: Entity, cluster: Entity): boolean {
  return cluster.goal !== 'destroyed' && (entity.goal === 'destroyed' || !isMember(entity));
}

/** On a network of both it is reached there, else by what is published on its host. */
function reached(view: StoreView, instance: Instance | undefined, networks: readonly string[]): readonly string[] {
  const host = instance && view.get('host', instance.hostId);
  if (!instance || !host) return [];
  const endpoint = instance.endpoints?.find(({ networkId }) => networks.includes(networkId));
  return tcpPorts(instance).map((port) => {
    const at = endpoint ? toHostPort(endpoint.address, port.container) : toHostPort(port.address ?? host.address, port.host);
    return `${port.container}=${at}`;
  });
}

function tcpPorts({ ports }: Instance): Instance['ports'] {
  return ports.filter(({ protocol }) => protocol === 'tcp');
}

function networksOf({ endpoints = [] }: Instance): readonly string[] {
  return endpoints.map(({ networkId }) => networkId);
}
