import type { NetworkDefinition } from '../entity/container-spec.ts';
import type { ApplicationId, HostId } from '../shared/ids.ts';
import type { Reach } from './virtual-network.ts';

/**
 * A network of an application on one host: the durable record that makes each step repeatable. Record id: `<hostId>:<network name>`.
 *
 *   planned ─► ready ─► removing ─► row deleted, or planned again where it is wanted after all
 *
 * planned   a container that is to join it was planned on the host; the network may or may not exist there yet
 * ready     made, or found by its deterministic name and adopted
 * removing  no container needs it any more
 */
export interface NetworkRecord {
  readonly id: string;
  readonly hostId: HostId;
  /** Null for a part of a network that was made on its own. */
  readonly applicationId: ApplicationId | null;
  /** Name on the host. */
  readonly networkName: string;
  /** As the blueprint calls it. */
  readonly logicalName: string;
  readonly definition: NetworkDefinition;
  /** What it is a part of; absent for a bridge that ends at its host. */
  readonly reach?: Reach;
  readonly state: 'planned' | 'ready' | 'removing';
  /** Why the last attempt to make or remove it failed; empty when none did. */
  readonly problem: string;
  readonly createdAt: number;
}

export function networkRecordId(hostId: HostId, networkName: string): string {
  return `${hostId}:${networkName}`;
}
