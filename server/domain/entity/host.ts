import type { HostRoute } from '../network/subnet-conflicts.ts';
import type { CloudNetworking } from '../network/virtual-network.ts';
import type { StrategyChoice } from '../placement/placement.ts';
import type { CloudId, CredentialId, EntityId, HostId, TaskId } from '../shared/ids.ts';
import type { ExternalThings } from './external-thing.ts';

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
  /** Where images that are built on one host are pushed for the others, as `registry.example.org:5000/team`; absent: each host builds its own. */
  readonly imageRegistry?: string;
  /** Networks of applications reach all of its hosts; absent: they end at a host, and what shares one is on one host. */
  readonly networking?: CloudNetworking;
  /** The Docker cloud of an application that it is; absent for one that a person made. */
  readonly entityId?: EntityId;
  /** Absent while nothing is moved to even it out. */
  readonly rebalance?: CloudRebalance;
  /** Set once its application is to go: what is on it is stopped first. */
  readonly closing?: CloudClosing;
  readonly createdAt: number;
}

/** Containers of a cloud are being moved to hosts that suit them better. */
export interface CloudRebalance {
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly taskId: TaskId;
  /** In the order in which they are begun. */
  readonly moves: readonly RebalanceMove[];
}

/**
 * waiting ─► moving ─► done
 *    └────────┴─────► skipped
 */
export interface RebalanceMove {
  /** What has to be on one host. */
  readonly entityIds: readonly EntityId[];
  readonly from: HostId;
  readonly to: HostId;
  readonly state: 'waiting' | 'moving' | 'done' | 'skipped';
  /** Since when it is so, milliseconds since the epoch. */
  readonly at: number;
  /** Why it was skipped. */
  readonly reason?: string;
}

/** How a Docker cloud is taken down. */
export interface CloudClosing {
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** What becomes of the applications that run on it. */
  readonly applications: 'stop' | 'delete';
  /** Volumes are removed from the machines; otherwise they stay where the machine stays. */
  readonly removeVolumes: boolean;
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
 * setting-up   connected, and Docker Engine is being installed or configured
 * refused      key changed, login or engine access refused: needs a person
 */
export type HostState = 'connecting' | 'ready' | 'unreachable' | 'lost' | 'refused' | 'setting-up';

export interface HostKey {
  /** `ssh-ed25519`, `ecdsa-sha2-nistp256`, `rsa-sha2-512` … */
  readonly type: string;
  /** `SHA256:…` as OpenSSH prints it. */
  readonly fingerprint: string;
}

/** Where a host is on the network that connects it with the other hosts. */
export interface Underlay {
  /** Its IPv4 address there: the one that Clocker's connection came to. */
  readonly address: string;
  readonly device: string;
  /** Bytes. */
  readonly mtu: number;
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
  /** Absent where the host did not tell. */
  readonly underlay?: Underlay;
  /** IPv4 ranges that it has routes to, the default left out, and what Clocker’s networks across hosts have put there; at most 64. Absent where it did not tell. */
  readonly routes?: readonly HostRoute[];
  /** Commands that networks across hosts need and it has not; absent where it has all. */
  readonly lacks?: readonly string[];
}

/** What is done to a machine so that it has a Docker Engine. */
export interface HostSetUp {
  /** `wanted` and `running` are work to do, also after a restart; `failed` waits for a person, or for its next try. */
  readonly state: 'wanted' | 'running' | 'failed' | 'done';
  /** The last try, with its steps and their output; null before the first. */
  readonly taskId: TaskId | null;
  /** Why the last try failed, in one sentence; null otherwise. */
  readonly problem: string | null;
}

/** The provisioner that gave the machine, and to which it goes back. */
export interface HostOrigin {
  /** Name of the plug-in of `plugins/hosts`: byon, localhost, lab, multi. */
  readonly provisioner: string;
  /** What the provisioner calls the machine. */
  readonly machine: string;
  /** The host of a Docker cloud that it is: its entity. */
  readonly entityId: EntityId;
}

/** Where a machine stands. Every part may be unknown. */
export interface HostPlace {
  readonly region?: string;
  readonly zone?: string;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country?: string;
  /** Degrees, -90 to 90 north and -180 to 180 east; both or neither. */
  readonly latitude?: number;
  readonly longitude?: number;
}

/** Its containers are being moved elsewhere. The host is cordoned meanwhile. */
export interface HostDrain {
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly taskId: TaskId;
  /** What is done with the empty host: kept cordoned, or removed from the cloud. */
  readonly afterwards: 'keep' | 'remove';
}

/** Somebody works on the machine: that it goes away is expected. The host is cordoned meanwhile, and never declared lost. */
export interface HostMaintenance {
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** Who said so. */
  readonly by: string;
  /** Why, in a few words; may be empty. */
  readonly note: string;
}

export interface Host {
  readonly id: HostId;
  /** Null for the machine of one process: no containers are placed on it, and no Docker Engine is looked for. */
  readonly cloudId: CloudId | null;
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
  /** Networks and volumes on it that others made, at most 1,000 of each, by name; absent until they were listed. */
  readonly external?: ExternalThings;
  /** Absent where the machine had its Docker Engine when it was added. */
  readonly setUp?: HostSetUp;
  /** Absent for a machine that a person added. */
  readonly origin?: HostOrigin;
  readonly place?: HostPlace;
  /** Absent while nothing is being moved away. */
  readonly drain?: HostDrain;
  /** Absent while nobody works on it. */
  readonly maintenance?: HostMaintenance;
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
