import type { Endpoint } from '../network/virtual-network.ts';
import type { ApplicationId, EntityId, HostId, InstanceId } from '../shared/ids.ts';
import type { ProcessState } from '../software/process-state.ts';
import type { ContainerSpec } from './container-spec.ts';

/**
 * One incarnation of an entity's container: the durable record that makes each step repeatable.
 *
 *   planned ─► created ─► running ─► (exited | lost) ─► removing ─► row deleted
 *
 * planned   intent is committed (host, name, ports leased); the container may or may not exist on the host yet
 * created   Docker's create answered (or the container was found by its deterministic name and adopted)
 * running   started
 * exited    its process ended, by itself or by our stop
 * lost      its host is lost; removed when the host comes back
 * removing  to be stopped and removed, whatever it was
 */
export type InstanceState = 'planned' | 'created' | 'running' | 'exited' | 'lost' | 'removing';

export interface Instance {
  readonly id: InstanceId;
  readonly applicationId: ApplicationId;
  readonly entityId: EntityId;
  /** 1, 2, 3 … for each entity; part of the container's name. */
  readonly incarnation: number;
  readonly hostId: HostId;
  /** `ck-<plane>-<entity>-<incarnation>`: deterministic, so that Docker's 409 de-duplicates. Of an adopted one the name that it had; it is never looked up by that. */
  readonly containerName: string;
  readonly containerId: string | null;
  /** A container that others made and that was adopted: it has no labels of ours, so this record alone makes it ours. Absent for those that we made. */
  readonly adopted?: Adopted;
  readonly spec: ContainerSpec;
  /** SHA-256 of the canonical spec without what can be changed in place. */
  readonly specHash: string;
  /** SHA-256 of files that are rewritten and reloaded in place (a load balancer's server list); null while they are being written. */
  readonly liveHash: string | null;
  /** Instances that its live files name as servers; empty for all but load balancers. */
  readonly serves: readonly InstanceId[];
  readonly generation: number;
  readonly restartSerial: number;
  readonly state: InstanceState;
  /**
   * Since when it is being taken out of service by us, milliseconds since the epoch: load balancers drop it, then it is stopped. Its
   * end is then no crash. Null while it is meant to serve.
   */
  readonly stoppingSince: number | null;
  /** True once its readiness probe has passed since the last start. */
  readonly ready: boolean;
  readonly ports: readonly PortBinding[];
  /** Its addresses on networks that reach all hosts; absent where it joins none. */
  readonly endpoints?: readonly Endpoint[];
  /** Its container may not be on the networks of its spec yet. Absent when it is. */
  readonly rejoin?: Rejoin;
  /** How far the process that commands install and run has come; absent for all others. */
  readonly process?: ProcessState;
  readonly startedAt: number | null;
  readonly exitCode: number | null;
  readonly oomKilled: boolean;
  /** Address on the host's bridge network, as Docker tells it. */
  readonly bridgeAddress: string | null;
  /** Why this host was chosen. */
  readonly decisionId: string | null;
  readonly createdAt: number;
}

export interface Adopted {
  /** Docker's whole id, 64 hexadecimal digits: given by the engine, and never given twice. */
  readonly containerId: string;
  /** Who adopted it, and when, milliseconds since the epoch. */
  readonly by: string;
  readonly at: number;
}

export interface Rejoin {
  /** Names on the host of networks that it may still be on, and has to leave. */
  readonly leave: readonly string[];
  /** Leases of addresses that it gives back once it has left. */
  readonly leases: readonly string[];
}

export interface PortBinding {
  readonly container: number;
  readonly host: number;
  readonly protocol: 'tcp' | 'udp';
  /** Address of the host that it listens on; absent is all of them. */
  readonly address?: string;
}
