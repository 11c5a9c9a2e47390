import type { Cloud } from '../../domain/entity/host.ts';
import { isMember, SHARED_DOMAIN, STANDING_NAME, type StandingNetwork, sharedNetworkName } from '../../domain/network/standing-network.ts';
import { subnetRefusalOf } from '../../domain/network/subnet-conflicts.ts';
import { DEFAULT_POOL, DEFAULT_PREFIX, type VirtualNetwork, virtualNetworkId } from '../../domain/network/virtual-network.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { ApplicationId } from '../../domain/shared/ids.ts';
import type { Draft, StoreView } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';
import { takenRanges } from './taken-ranges.ts';
import { hasParts, newNetwork, tellEntity } from './virtual-networks.ts';

export interface NewStandingNetwork extends Omit<StandingNetwork, 'isGoing'> {
  readonly cloud: Cloud;
  readonly name: string;
  /** Null for one that is made on its own. */
  readonly applicationId: ApplicationId | null;
  readonly wanted: { readonly subnet?: string; readonly internal?: true };
}

/** @throws ClockerError input.invalid | conflict (name or addresses are taken) | network.refused (no provider, pool used up) */
export function putStandingNetwork(
  draft: Draft,
  context: Pick<EngineContext, 'secrets' | 'plugins' | 'clock'>,
  { cloud, name, applicationId, wanted, description, joiners }: NewStandingNetwork,
): VirtualNetwork {
  if (!STANDING_NAME.test(name)) {
    throw new ClockerError('input.invalid', {
      message: `${JSON.stringify(name)} is no name for a network`,
      hint: 'Use 1 to 63 of a-z, 0-9 and -, the first a letter or digit.',
    });
  }
  if (cloud.networking?.reach === 'host') {
    throw new ClockerError('network.refused', {
      message: `Networks of cloud ${cloud.name} end at a host, and applications meet only on one that reaches all hosts`,
      hint: 'Choose another network provider for it, such as vxlan.',
    });
  }
  const networkName = sharedNetworkName(context.secrets.planeId, name);
  const id = virtualNetworkId(cloud.id, networkName);
  const before = draft.get('virtualNetwork', id);
  if (before) {
    throw new ClockerError('conflict', {
      message: before.standing?.isGoing ? `Network ${name} is still being deleted` : `Cloud ${cloud.name} has a network ${name} already`,
      hint: before.standing?.isGoing ? 'Try again in a moment.' : 'Choose another name.',
    });
  }
  if (wanted.subnet !== undefined) requireFreeSubnet(draft, cloud, wanted.subnet);
  const standing: StandingNetwork = { description, joiners, isGoing: false };
  const network = newNetwork(draft, context, {
    ...{ cloud, id, networkName, applicationId, logicalName: name, wanted },
    ...{ domain: SHARED_DOMAIN, standing },
  });
  draft.put('virtualNetwork', network);
  tellEntity(draft, network);
  return network;
}

/** @throws ClockerError conflict with what has addresses of the subnet, and one that is free */
export function requireFreeSubnet(view: StoreView, cloud: Cloud, subnet: string, own?: VirtualNetwork): void {
  const { pool = DEFAULT_POOL, prefix = DEFAULT_PREFIX } = cloud.networking ?? {};
  const taken = takenRanges(view, cloud, ({ id }) => id === own?.id);
  const refusal = subnetRefusalOf(subnet, { taken, pool, prefix });
  if (refusal === null) return;
  const hint = refusal.proposal === null ? `Nothing is left of ${pool} either.` : `Free is ${refusal.proposal}.`;
  throw new ClockerError('conflict', { message: refusal.message, hint });
}

/** Who would lose it, each as `web of shop on docker-1`. */
export function membersOf(view: StoreView, networkId: string): readonly { readonly applicationId: ApplicationId; readonly text: string }[] {
  const found = [...view.all('instance').values()].filter((instance) => isMember(instance, networkId));
  const name = (kind: 'entity' | 'application' | 'host', id: string): string => view.get(kind, id)?.name ?? id;
  return found
    .map(({ applicationId, entityId, hostId }) => ({
      applicationId,
      text: `${name('entity', entityId)} of ${name('application', applicationId)} on ${name('host', hostId)}`,
    }))
    .sort((a, b) => a.text.localeCompare(b.text));
}

const MOST_NAMED = 10;

/** In words, at most ten of them. */
export function inUseText(members: readonly { readonly text: string }[]): string {
  const named = members.slice(0, MOST_NAMED).map(({ text }) => text);
  return `${named.join(', ')}${members.length > MOST_NAMED ? ` and ${members.length - MOST_NAMED} more` : ''}`;
}

/** @throws ClockerError conflict with those that are on it */
export function requireUnused(view: StoreView, { id, logicalName }: VirtualNetwork, exceptOf: ApplicationId | null = null): void {
  const members = membersOf(view, id).filter(({ applicationId }) => applicationId !== exceptOf);
  if (members.length === 0) return;
  throw new ClockerError('conflict', {
    message: `Network ${logicalName} is in use by ${inUseText(members)}`,
    hint: 'Delete these applications, or have their blueprints leave the network, first.',
  });
}

/** From now on nobody joins it; it is gone at once where no host has a part of it, else with the last part. */
export function retireNetwork(draft: Draft, network: VirtualNetwork): void {
  if (!hasParts(draft, network.id)) draft.remove('virtualNetwork', network.id);
  else if (network.standing) draft.put('virtualNetwork', { ...network, standing: { ...network.standing, isGoing: true } });
}
