import type { Instance } from '../entity/instance.ts';
import type { Records } from '../shared/records.ts';
import { domainOf, NAMES_DOMAIN, type VirtualNetwork, virtualNetworkId } from './virtual-network.ts';

/** What makes a network one of its own: it stays until somebody deletes it, and applications join it by its name. */
export interface StandingNetwork {
  /** What it is for; may be empty. */
  readonly description: string;
  /** Names of the applications that may join it; null: all that run in its cloud. */
  readonly joiners: readonly string[] | null;
  /** It is to go once no host has a part of it; nobody joins it any more. */
  readonly isGoing: boolean;
}

/** As blueprints and people name such a network: unique in its cloud. */
export const STANDING_NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** `ckn-<plane>-shared-<name>`: on every host, whichever application joins it. No id of an application is `shared`. */
export function sharedNetworkName(planeId: string, name: string): string {
  return `ckn-${planeId}-shared-${name}`;
}

export function standingNetworkId(planeId: string, { cloudId, name }: { readonly cloudId: string; readonly name: string }): string {
  return virtualNetworkId(cloudId, sharedNetworkName(planeId, name));
}

/** Why an application may not join it; null when it may. */
export function joiningRefusal(
  network: Pick<VirtualNetwork, 'logicalName' | 'standing'>,
  application: Pick<Records['application'], 'name'> | undefined,
): string | null {
  const { logicalName, standing } = network;
  if (standing === undefined) return `network ${logicalName} belongs to an application alone`;
  if (standing.isGoing) return `network ${logicalName} is being deleted`;
  const { joiners } = standing;
  if (joiners === null || (application !== undefined && joiners.includes(application.name))) return null;
  return `application ${application?.name ?? ''} is not among those that may join network ${logicalName}`;
}

/** What the names of an application's containers end with on a network: those of another application are never taken for its own. */
export function domainOn(
  network: Pick<VirtualNetwork, 'standing' | 'domain'>,
  application: Pick<Records['application'], 'name'> | undefined,
): string {
  return network.standing === undefined ? network.domain : domainOf(application?.name ?? '');
}

/** What all names on a network of its own end with. */
export const SHARED_DOMAIN = NAMES_DOMAIN;

/** It has an address on the network, and is not on its way out. */
export function isMember({ endpoints, state }: Pick<Instance, 'endpoints' | 'state'>, networkId: string): boolean {
  return state !== 'lost' && state !== 'removing' && (endpoints?.some((endpoint) => endpoint.networkId === networkId) ?? false);
}
