import type { ClockerError } from '../domain/shared/clocker-error.ts';
import type { DockerSwarm } from './docker-swarm.ts';
import type { HostNetwork, RootShell, SdnStep } from './sdn-provider.ts';

/** A host as what brings hosts together sees it. */
export interface AssemblyHost {
  readonly id: string;
  readonly name: string;
  /** At which the others reach it. */
  readonly address: string;
  /** It has, or is to have, networks of the provider. */
  readonly isWanted: boolean;
  readonly swarm: DockerSwarm;
  /** For what only reads. */
  readonly shell: RootShell;
}

/** One host, and the others of its cloud. */
export interface Assembling {
  readonly planeId: string;
  readonly cloudId: string;
  readonly self: AssemblyHost;
  /** For what changes something on `self`. */
  readonly changing: RootShell;
  /** Those that can be asked now, in the order of the cloud. */
  readonly others: readonly AssemblyHost[];
  /** Those that have networks of the provider and cannot be asked now: also one that is lost may come back, with what it was part of. */
  readonly away: readonly Pick<AssemblyHost, 'name' | 'address'>[];
  /** What `self` should have. */
  readonly networks: readonly HostNetwork[];
  /** Numbers of all networks that hosts of the cloud should have, or have still. */
  readonly inUse: readonly number[];
}

/**
 * Hosts that have to be one body before networks of a provider are on them. Level-triggered as providers are; one host of a cloud at a time. It changes
 * the host that is settled, and what the body as a whole knows. Errors: network.refused with what to do, those of the engine.
 */
export interface SdnAssembly {
  /** What stands against networks on a host before anything is made there for them, by record id: they are left out there, and keep the others from nothing. */
  preflight(host: Pick<AssemblyHost, 'name' | 'shell'>, networks: readonly HostNetwork[]): Promise<ReadonlyMap<string, ClockerError>>;
  /** Before the host's networks are made: it is among the others, and all know its networks. */
  gather(assembling: Assembling): Promise<readonly SdnStep[]>;
  /** After it was settled: networks that no host has are known no more, and a host that has none is on its own again. */
  part(assembling: Assembling): Promise<readonly SdnStep[]>;
}
