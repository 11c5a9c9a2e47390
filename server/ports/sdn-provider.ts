import type { z } from 'zod';
import type { NetworkDefinition } from '../domain/entity/container-spec.ts';
import type { Underlay } from '../domain/entity/host.ts';
import type { CloudNetworking } from '../domain/network/virtual-network.ts';
import type { ClockerError } from '../domain/shared/clocker-error.ts';
import type { SdnAssembly } from './sdn-assembly.ts';

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
  /** The other hosts’ own addresses on it, with `macOf` the address as hardware address; absent: there are none. */
  readonly gateways?: readonly HostEndpoint[];
}

export interface HostEndpoint {
  readonly address: string;
  readonly mac: string;
  /** Address of its host; null on this host. */
  readonly at: string | null;
  /** Of this host alone, where the provider attaches: its container, which need not be there or run. */
  readonly container?: HostContainer;
}

export interface HostContainer {
  /** Name or id by which the host's engine finds it. */
  readonly key: string;
  /** Of its label `io.clocker.instance`: what has its name without it is not ours. Null for one that was adopted, whose key is its id. */
  readonly instanceId: string | null;
  /** Milliseconds since the epoch; null before its start was seen. With another start it has another network namespace. */
  readonly startedAt: number | null;
}

/** All that a host should have of one provider. */
export interface HostNetworks {
  readonly hostName: string;
  /** Marks what is ours. */
  readonly planeId: string;
  readonly underlay: Underlay;
  readonly networks: readonly HostNetwork[];
  /** Nobody waits for this look: what is costly to see may be looked at, too. Absent: somebody may. */
  readonly isThorough?: boolean;
}

export interface SdnStep {
  /** In words, for the log of the task. */
  readonly text: string;
  /** Record id of the network for which it makes something; absent where it takes away what is wanted no more, which is done also where networks are refused. */
  readonly networkId?: string;
}

/** How packets of a network go from this host to another. */
export interface HostWay {
  /** For people: `VXLAN number 70000 over UDP 4789, 10.0.0.1 → 10.0.0.2`. */
  readonly text: string;
  /** What has to pass between the two hosts: `UDP 4789`. */
  readonly needs: string;
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
  /** It drives software of others that it has never met. */
  readonly unverified?: true;
  /** Names of entity types by which blueprints ask for it in `sdn.provider.spec`. */
  readonly aliases: readonly string[];
  readonly config: z.ZodType;
  /** Commands that it runs on hosts: a host without one is passed over. */
  readonly commands: readonly string[];
  /** Bytes that it puts around each packet. */
  readonly overheadBytes: number;
  /** Its networks end at a host, and all that are on one are there. Absent: they reach all hosts of a cloud. */
  readonly reach?: 'host';
  /**
   * The provider puts an interface with the store's address into each container (`HostEndpoint.container`), and Docker's bridge is the way out, with
   * addresses that Docker chooses and the names' server on it. Absent: containers have their address on Docker's bridge.
   */
  readonly attaches?: true;
  /** What has to be true of the hosts together; absent: they need not know each other. */
  readonly assembly?: SdnAssembly;
  /** Engines of its hosts must not have live-restore: set-up does not turn it on. */
  readonly withoutLiveRestore?: true;
  /**
   * CIDR within a subnet whose addresses the provider's own software gives away, so that the store gives none of them. Absent: the store gives all.
   * @throws ClockerError network.refused for a subnet that is too small
   */
  fence?(subnet: string): string;
  /** What Docker is told when it makes the bridge. */
  definition(network: Omit<HostNetwork, 'endpoints' | 'peers' | 'gateways'>): NetworkDefinition;
  /** Errors: network.refused where tools are missing without which nothing can be looked at or taken away, with what to install. */
  observe(shell: RootShell, wanted: HostNetworks): Promise<Observed>;
  /**
   * Pure. Why the host cannot have its networks as wanted, with what to do (network.refused, conflict.foreign); null where nothing stands against it. Absent:
   * nothing ever does. Of what is planned only steps without `networkId` are done then.
   */
  refusal?(wanted: HostNetworks, observed: Observed): ClockerError | null;
  /**
   * Pure. Of the steps by which a host that was as `earlier` would have its networks as wanted, those that do no harm whatever has happened to it since, each
   * as `plan` has it. They are done before it is looked at anew, which somebody may be waiting for. Absent: there are none.
   */
  ahead?(wanted: HostNetworks, earlier: Observed): readonly Step[];
  /** Pure. What takes away comes first. */
  plan(wanted: HostNetworks, observed: Observed): readonly Step[];
  /** Pure. Absent where the hosts’ own addresses on a network do not answer each other over it: then the health of pairs is not looked at. */
  way?(network: Pick<HostNetwork, 'vni' | 'networking'>, ends: { readonly from: string; readonly to: string }): HostWay;
  /** In order; what hangs on a step that failed is not begun. */
  apply(shell: RootShell, steps: readonly Step[]): Promise<void>;
}
