import type { HostState } from '../entity/host.ts';
import type { NetworkRecord } from './network-record.ts';

export interface NetworkFacts {
  readonly network: NetworkRecord;
  /** Undefined for a host that was removed. */
  readonly host: HostState | undefined;
  readonly isWanted: boolean;
  /** Other networks of its application on its host. */
  readonly others: readonly NetworkRecord[];
}

/** `forget`: its host is gone, and with it the network. */
export type NetworkStep = 'nothing' | 'create' | 'remove' | 'forget';

/** What brings a network of a host nearer to what the containers there need. */
export function nextNetworkStep({ network, host, isWanted, others }: NetworkFacts): NetworkStep {
  if (host === undefined) return 'forget';
  if (host !== 'ready') return 'nothing';
  // A removal that was begun may be half done: it is ended first, also where the network is wanted again.
  if (!isWanted || network.state === 'removing') return 'remove';
  if (network.state !== 'planned') return 'nothing';
  return others.some((other) => isInTheWay(other, network)) ? 'nothing' : 'create';
}

/** The same network as it was made before, which has the addresses until its last container is gone. */
function isInTheWay(other: NetworkRecord, network: NetworkRecord): boolean {
  const isPredecessor = other.id !== network.id && other.logicalName === network.logicalName;
  return isPredecessor && other.definition.subnet !== undefined && network.definition.subnet !== undefined;
}
