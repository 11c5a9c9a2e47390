import type { z } from 'zod';
import type { NetworkDefinition } from '../domain/entity/container-spec.ts';
import type { Underlay } from '../domain/entity/host.ts';
import type { CloudNetworking } from '../domain/network/virtual-network.ts';

/** A virtual network as one host should have it. */
export interface HostNetwork {
  readonly id: string;
  readonly vni: number;
  readonly subnet: string;
  /** This host's own address on it: the way out for its containers. */
  readonly gateway: string;
  readonly mtu: number;
  readonly internal: boolean;
  readonly networking: CloudNetworking;
  /** Addresses by which the other hosts that have it are reached. */
  readonly peers: readonly string[];
  readonly endpoints: readonly HostEndpoint[];
}

export interface HostEndpoint {
  readonly address: string;
  readonly mac: string;
  /** Address of its host; null on this host. */
  readonly at: string | null;
}

/** All that a host should have of one provider. */
export interface HostNetworks {
  readonly hostName: string;
  /** Marks what is ours. */
  readonly planeId: string;
  readonly underlay: Underlay;
  readonly networks: readonly HostNetwork[];
}

export interface SdnStep {
  /** In words, for the log of the task. */
  readonly text: string;
}

/** Runs fixed scripts as root on a host; `text` is theirs as `$CK_TEXT`, at most 60,000 characters. Errors: those of `HostShell`, and sudo’s refusal. */
export interface RootShell {
  run(script: string, text?: string): Promise<{ readonly output: string; readonly code: number }>;
}

/**
 * How networks reach from host to host: a plug-in of `plugins/sdn`. Docker makes a bridge on each host by `definition`, the provider joins these
 * bridges. Level-triggered: `plan` compares what should be with what is, whatever happened in between; applied twice it plans nothing. It touches
 * only what it has marked with the plane's id.
 */
export interface SdnProvider<Observed = unknown, Step extends SdnStep = SdnStep> {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Names of entity types by which blueprints ask for it in `sdn.provider.spec`. */
  readonly aliases: readonly string[];
  readonly config: z.ZodType;
  /** Commands that it runs on hosts: a host without one is passed over. */
  readonly commands: readonly string[];
  /** Bytes that it puts around each packet. */
  readonly overheadBytes: number;
  /** What Docker is told when it makes the bridge. */
  definition(network: Omit<HostNetwork, 'endpoints' | 'peers'>): NetworkDefinition;
  /** Errors: network.refused where tools are missing, with what to install. */
  observe(shell: RootShell, wanted: HostNetworks): Promise<Observed>;
  /** Pure. @throws ClockerError conflict.foreign where something that is not ours has a name of ours */
  plan(wanted: HostNetworks, observed: Observed): readonly Step[];
  /** In order; stops at the first that fails. */
  apply(shell: RootShell, steps: readonly Step[]): Promise<void>;
}
