import type { StrategyChoice } from '../placement/placement.ts';
import type { CloudId, CredentialId, HostId } from '../shared/ids.ts';

/** A set of hosts, deployed to by its name: `location: my-docker-cloud`. */
export interface Cloud {
  readonly id: CloudId;
  /** The named location. Unique. Pattern `[a-z0-9][a-z0-9-]{0,62}`. */
  readonly name: string;
  readonly strategies: readonly StrategyChoice[];
  /** Host ports leased to containers that ask for none. */
  readonly portPool: { readonly from: number; readonly to: number };
  /** Placements decided so far. */
  readonly placements: number;
  /** `Host.order` of the host that the last of them chose; absent before the first. */
  readonly lastHostOrder?: number;
  readonly createdAt: number;
}

/**
 * Unless a cloud says otherwise. Below the ports that Linux gives to connections from the host (32768 to 60999), any of which may be in
 * use at any moment, and below those that Kubernetes gives to services.
 */
export const DEFAULT_PORT_POOL: Cloud['portPool'] = { from: 20_000, to: 29_999 };

/**
 * connecting   first contact or coming back; nothing is known yet
 * ready        connected, engine answers, containers listed
 * unreachable  the connection is gone or the engine is silent, for less than the grace time
 * lost         longer than that: stateless containers are restarted elsewhere
 * refused      key changed, login or engine access refused: needs a person
 */
export type HostState = 'connecting' | 'ready' | 'unreachable' | 'lost' | 'refused';

export interface HostKey {
  /** `ssh-ed25519`, `ecdsa-sha2-nistp256`, `rsa-sha2-512` … */
  readonly type: string;
  /** `SHA256:…` as OpenSSH prints it. */
  readonly fingerprint: string;
}

export interface HostFacts {
  readonly os: string;
  readonly kernel: string;
  readonly architecture: string;
  readonly engineVersion: string;
  readonly storageDriver: string;
  readonly cgroupVersion: string;
  /** CPUs this host may use: its cgroup quota where there is one. */
  readonly cpus: number;
  /** Memory this host may use in bytes: its cgroup limit where there is one, never blindly /proc/meminfo. */
  readonly memoryBytes: number;
  readonly liveRestore: boolean;
}

export interface Host {
  readonly id: HostId;
  readonly cloudId: CloudId;
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly credentialId: CredentialId;
  readonly hostKey: HostKey;
  readonly order: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly cordoned: boolean;
  readonly state: HostState;
  /** Why, in one sentence; empty when ready. */
  readonly reason: string;
  /** Since when `state` holds, milliseconds since the epoch. */
  readonly since: number;
  readonly facts: HostFacts | null;
  /** Running containers that are not ours: counted, shown, never touched. */
  readonly foreignContainers: number;
  readonly createdAt: number;
}

/** A private SSH key, encrypted at rest; the API only ever gives this view. */
export interface Credential {
  readonly id: CredentialId;
  readonly name: string;
  readonly kind: 'ssh-key';
  readonly publicKey: string;
  /** Envelope made by the secrets port; never leaves the server. */
  readonly sealed: string;
  readonly createdAt: number;
}
