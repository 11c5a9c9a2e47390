import { rulesFor } from '../../domain/network/network-rules.ts';
import type { VirtualNetwork } from '../../domain/network/virtual-network.ts';
import type { StoreView } from '../../ports/store.ts';

/** What its application says who may connect to whom on a network; null where it says nothing, or the network is of no application. */
export function rulesOfNetwork(
  view: StoreView,
  { applicationId, logicalName }: Pick<VirtualNetwork, 'applicationId' | 'logicalName'>,
): ReturnType<typeof rulesFor> {
  return applicationId === null ? null : rulesFor(view.entitiesOf(applicationId), logicalName);
}
