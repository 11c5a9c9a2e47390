import type { Secret } from '../domain/shared/secret.ts';
import type { CallOptions } from './docker-engine.ts';

/**
 * An engine as a member of a Docker Swarm. Errors: those of `DockerEngine`; engine.refused, retryable, where the Swarm has no quorum or no leader.
 * What is asked of the whole Swarm is answered by its managers alone.
 */
export interface DockerSwarm {
  state(options?: CallOptions): Promise<SwarmState>;
  /** Makes a Swarm of this engine alone, without Docker's own ingress network. Errors: engine.refused where it has live-restore. */
  init(request: InitSwarm, options?: CallOptions): Promise<void>;
  /** Makes a Swarm of one manager out of what this one knows of a Swarm that has lost its quorum; networks and nodes are kept. */
  recover(request: InitSwarm, options?: CallOptions): Promise<void>;
  /** As a worker. */
  join(request: JoinSwarm, options?: CallOptions): Promise<void>;
  /** `force`: also a manager, or one that no manager answers. No error where it is in none. */
  leave(options: CallOptions & { readonly force: boolean }): Promise<void>;
  /** What a worker joins by. */
  joinToken(options?: CallOptions): Promise<Secret>;
  nodes(options?: CallOptions): Promise<readonly SwarmNode[]>;
  /** Errors: engine.refused where the managers that are left would be no quorum. */
  changeRole(nodeId: string, role: SwarmNode['role'], options?: CallOptions): Promise<void>;
  /** No error where it is gone. Errors: engine.refused for a manager. */
  removeNode(nodeId: string, options?: CallOptions): Promise<void>;
  /** An attachable overlay network, which nodes have as soon as a container there is put on it. Errors: conflict where its name is taken. */
  createOverlay(request: CreateOverlay, options?: CallOptions): Promise<void>;
  /** No error where it is gone. Errors: engine.refused, retryable, while Swarm takes containers for attached. */
  removeOverlay(id: string, options?: CallOptions): Promise<void>;
  overlays(options?: CallOptions): Promise<readonly OverlayView[]>;
}

export interface SwarmState {
  /** `pending`: it joins; `locked`: it waits for its key. */
  readonly kind: 'inactive' | 'pending' | 'active' | 'error' | 'locked';
  /** Empty where it is in none. */
  readonly nodeId: string;
  /** It is a manager. */
  readonly isManager: boolean;
  /** Addresses of managers that it knows, without ports. */
  readonly managers: readonly string[];
  /** Of the Swarm, as managers with a quorum know them; null for all others. */
  readonly labels: Readonly<Record<string, string>> | null;
  /** Where the engine keeps what it knows of its Swarm, absolute. */
  readonly folder: string;
  /** Containers outlive a restart of the engine: no Swarm takes it so. */
  readonly liveRestore: boolean;
}

export interface InitSwarm {
  /** IPv4 address at which the others reach it. */
  readonly address: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface JoinSwarm {
  readonly address: string;
  /** IPv4 addresses of managers. */
  readonly managers: readonly string[];
  readonly token: Secret;
}

export interface SwarmNode {
  readonly id: string;
  readonly role: 'manager' | 'worker';
  /** Its engine is heard by the managers. */
  readonly isReady: boolean;
  /** It counts for the quorum now; false for workers. */
  readonly isReachable: boolean;
  readonly isLeader: boolean;
  /** IPv4 address as the managers see it. */
  readonly address: string;
}

export interface CreateOverlay {
  readonly name: string;
  /** Number on the wire. */
  readonly vni: number;
  readonly subnet: string;
  /** CIDR within `subnet`: addresses that Docker gives on its own are of it. */
  readonly range: string;
  readonly gateway: string;
  /** Bytes of a packet between hosts. */
  readonly underlayMtu: number;
  readonly isEncrypted: boolean;
  readonly labels: Readonly<Record<string, string>>;
}

export interface OverlayView {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}
