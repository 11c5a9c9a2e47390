import type { ApplicationId, CloudId } from '../shared/ids.ts';
import type { Json } from '../shared/json.ts';
import type { StandingNetwork } from './standing-network.ts';

/** How a cloud makes networks that reach all of its hosts. */
export interface CloudNetworking {
  /** A plug-in of `plugins/sdn`. */
  readonly provider: string;
  /** IPv4 CIDR from which networks that name no subnet get one. */
  readonly pool: string;
  /** Prefix length of such a subnet, 8 to 29. */
  readonly prefix: number;
  /** The provider's own. */
  readonly config: Readonly<Record<string, Json>>;
  /** Its networks end at a host. Absent: they reach all of the cloud. */
  readonly reach?: 'host';
}

/** How far networks of a cloud reach, as their definitions say it; undefined: they are Docker's alone. */
export function reachOf(networking: CloudNetworking | undefined): 'cloud' | 'host' | undefined {
  return networking && (networking.reach ?? 'cloud');
}

/** No part of it is a default of Docker (172.17.0.0/12, 192.168.0.0/16) or of Kubernetes (10.96.0.0/12, 10.244.0.0/16). */
export const DEFAULT_POOL = '10.208.0.0/12';
export const DEFAULT_PREFIX = 24;

/**
 * A network on all hosts of its cloud. One of an application is put in the commit that plans the first container on it, and goes with the last
 * host that had it, so that its number and its addresses are used again only once every host has let go of them. A standing one is made and
 * deleted by somebody, and hosts have a part of it only while containers are on it.
 * Record id: `<cloud id>:<network name>`.
 */
export interface VirtualNetwork {
  readonly id: string;
  readonly cloudId: CloudId;
  /** Null for one that was made on its own. */
  readonly applicationId: ApplicationId | null;
  /** Absent for one that belongs to its application alone. */
  readonly standing?: StandingNetwork;
  /** Name on the hosts. */
  readonly networkName: string;
  /** As the blueprint calls it. */
  readonly logicalName: string;
  readonly networking: CloudNetworking;
  /** Number of the network on the wire, 65536 to 16777215: 24 bits, beyond those that Docker Swarm takes. No other of this installation has it. */
  readonly vni: number;
  /** IPv4 CIDR. */
  readonly subnet: string;
  /** CIDR within it whose addresses its provider's software gives away. Absent: all are the store's. */
  readonly fence?: string;
  /** Bytes of a packet inside of it. */
  readonly mtu: number;
  /** Nothing outside of it can be reached. */
  readonly internal: boolean;
  /** Names on it end with this: `shop.clocker.internal`; on a standing one before it stands the application that each is of. */
  readonly domain: string;
  /** The address that was given last, as a number: the search goes on behind it, so that one that was given back rests as long as there are others. */
  readonly lastAddress: number;
  /** When addresses were given back, milliseconds since the epoch, for as long as they rest. Absent: none does. */
  readonly resting?: Readonly<Record<string, number>>;
  readonly createdAt: number;
}

/** A host's part of a virtual network. */
export interface Reach {
  /** Record id of the virtual network. */
  readonly networkId: string;
  /** The host's own address on it: the way out for its containers, and where they ask for names. */
  readonly gateway: string;
  /** Docker's bridge of a network whose provider attaches containers itself, once it was made. */
  readonly wayOut?: WayOut;
}

/** A bridge beside the network: by it containers reach the world, are reached by published ports, and ask for names. */
export interface WayOut {
  /** IPv4 CIDR that Docker chose. */
  readonly subnet: string;
  /** The host's own address on it. */
  readonly gateway: string;
}

/** Where a container is on a virtual network. */
export interface Endpoint {
  /** Record id of the network. */
  readonly networkId: string;
  /** As the blueprint calls the network. */
  readonly network: string;
  readonly address: string;
  readonly mac: string;
  /** The container joined as it ran: it asks other networks of its own for names. Absent for those it was made with. */
  readonly joined?: true;
}

export function virtualNetworkId(cloudId: string, networkName: string): string {
  return `${cloudId}:${networkName}`;
}

/** All names of applications end with this. It is reserved for private use (ICANN, 2024). */
export const NAMES_DOMAIN = 'clocker.internal';

/** `shop.clocker.internal`: what of an application's name can be one. */
export function domainOf(applicationName: string): string {
  const label = applicationName
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 63)
    .replace(/-+$/, '');
  return `${label || 'app'}.${NAMES_DOMAIN}`;
}
