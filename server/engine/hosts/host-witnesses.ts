import type { HostId } from '../../domain/shared/ids.ts';

/** Who was heard when, of all hosts: one that is silent while others speak is away; where nobody speaks it is rather we who are. */
export interface HostWitnesses {
  /** `at`: milliseconds since the epoch. The latest counts. */
  heard(hostId: HostId, at: number): void;
  forget(hostId: HostId): void;
  /** Whether any other host was heard at or after `since`, milliseconds since the epoch. */
  anyBut(hostId: HostId, since: number): boolean;
}

export function createHostWitnesses(): HostWitnesses {
  const heardAt = new Map<HostId, number>();
  return {
    heard: (hostId, at) => void heardAt.set(hostId, Math.max(at, heardAt.get(hostId) ?? 0)),
    forget: (hostId) => void heardAt.delete(hostId),
    anyBut(hostId, since) {
      for (const [other, at] of heardAt) if (other !== hostId && at >= since) return true;
      return false;
    },
  };
}
