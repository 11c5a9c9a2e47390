import type { VirtualNetwork } from '../../../domain/network/virtual-network.ts';
import type { StoreView } from '../../../ports/store.ts';
import { conflict, notFound } from '../hosts/require-valid.ts';

/** @throws ClockerError not-found | conflict (it belongs to an application alone, or is being deleted) */
export function requireStanding(view: StoreView, networkId: string): VirtualNetwork & Required<Pick<VirtualNetwork, 'standing'>> {
  const network = view.get('virtualNetwork', networkId);
  if (!network) throw notFound('network', networkId);
  const { logicalName, standing, applicationId } = network;
  if (standing === undefined) {
    const owner = view.get('application', applicationId ?? '')?.name ?? 'its application';
    throw conflict(`Network ${logicalName} belongs to application ${owner} alone`, `Change the blueprint of ${owner}.`);
  }
  if (standing.isGoing) throw conflict(`Network ${logicalName} is being deleted`, 'Try again in a moment.');
  return { ...network, standing };
}
