import type { NetworkRecord } from '../domain/network/network-record.ts';
import type { HostId } from '../domain/shared/ids.ts';

/** Which hosts have parts of which networks that reach all hosts. */
export interface ReachingIndex {
  put(part: NetworkRecord): void;
  /** Gives the network that the part was of. */
  remove(partId: string): string | undefined;
  /** Of one network, or of all. */
  hostsOf(networkId?: string): ReadonlySet<HostId>;
  /** Record id of the network's part on a host. */
  partOn(networkId: string, hostId: HostId): string | undefined;
}

export function createReachingIndex(): ReachingIndex {
  const networks = new Map<string, Map<HostId, string>>();
  const parts = new Map<string, { readonly networkId: string; readonly hostId: HostId }>();
  return {
    put({ id, hostId, reach }) {
      if (!reach) return;
      const { networkId } = reach;
      networks.set(networkId, (networks.get(networkId) ?? new Map<HostId, string>()).set(hostId, id));
      parts.set(id, { networkId, hostId });
    },
    remove(partId) {
      const part = parts.get(partId);
      if (!part) return undefined;
      parts.delete(partId);
      const hosts = networks.get(part.networkId);
      hosts?.delete(part.hostId);
      if (hosts?.size === 0) networks.delete(part.networkId);
      return part.networkId;
    },
    hostsOf: (networkId) =>
      new Set(networkId === undefined ? [...parts.values()].map(({ hostId }) => hostId) : networks.get(networkId)?.keys()),
    partOn: (networkId, hostId) => networks.get(networkId)?.get(hostId),
  };
}
