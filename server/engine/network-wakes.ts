import type { Instance } from '../domain/entity/instance.ts';
import type { NetworkRecord } from '../domain/network/network-record.ts';
import type { EngineContext } from './engine-context.ts';
import { createReachingIndex } from './reaching-index.ts';

export interface NetworkWakes {
  /** A part of a network on a host has changed; null where it has gone. */
  put(id: string, now: NetworkRecord | null): void;
  /** The networks of an application, or those that stand on their own. */
  wake(applicationId: string | null): void;
  /** Those that have a part on a host. */
  wakeOn(hostId: string): void;
  /** The hosts that have parts of virtual networks: of one, or of all. */
  wakeReaching(networkId?: string): void;
  /** All hosts of the networks that a container is on, and the parts of these on its own. */
  wakeJoined(instance: Instance): void;
}

/** Which keys does a change of networks concern? */
export function createNetworkWakes({ queue, store }: Pick<EngineContext, 'queue' | 'store'>): NetworkWakes {
  const networks = new Map<string | null, Map<string, NetworkRecord>>();
  const reaching = createReachingIndex();

  function put(id: string, now: NetworkRecord | null): void {
    queue.enqueue(`network:${id}`, 'user');
    if (!now) {
      for (const [applicationId, known] of networks) {
        if (!known.delete(id)) continue;
        if (known.size === 0) networks.delete(applicationId);
        if (applicationId !== null) queue.enqueue(`application:${applicationId}`);
        wake(applicationId);
      }
      const networkId = reaching.remove(id);
      if (networkId !== undefined) wakeReaching(networkId);
      return;
    }
    const { applicationId, hostId, reach } = now;
    networks.set(applicationId, (networks.get(applicationId) ?? new Map<string, NetworkRecord>()).set(id, now));
    reaching.put(now);
    if (reach) wakeReaching(reach.networkId);
    for (const instance of store.view.instancesOn(hostId)) {
      const isOnIt =
        instance.applicationId === applicationId || instance.endpoints?.some(({ networkId }) => networkId === reach?.networkId);
      const isWaiting = instance.state === 'planned' || instance.rejoin !== undefined;
      if (isOnIt && isWaiting) queue.enqueue(`entity:${instance.entityId}`, 'user');
    }
  }

  function wake(applicationId: string | null): void {
    for (const id of networks.get(applicationId)?.keys() ?? []) queue.enqueue(`network:${id}`);
  }

  function wakeReaching(networkId?: string): void {
    for (const hostId of reaching.hostsOf(networkId)) queue.enqueue(`sdn:${hostId}`, 'user');
  }

  function wakeJoined({ endpoints = [], hostId }: Instance): void {
    for (const { networkId } of endpoints) {
      wakeReaching(networkId);
      const part = reaching.partOn(networkId, hostId);
      if (part !== undefined) queue.enqueue(`network:${part}`);
    }
  }

  function wakeOn(hostId: string): void {
    for (const known of networks.values()) {
      for (const network of known.values()) if (network.hostId === hostId) queue.enqueue(`network:${network.id}`);
    }
  }

  return { put, wake, wakeOn, wakeReaching, wakeJoined };
}
