import type { Cloud } from '../../domain/entity/host.ts';
import { countingRoutes, type TakenRange } from '../../domain/network/subnet-conflicts.ts';
import { DEFAULT_POOL, type VirtualNetwork } from '../../domain/network/virtual-network.ts';
import type { StoreView } from '../../ports/store.ts';

/** Ranges of addresses that a new network of the cloud has to keep away from: those of other networks, and what its hosts have routes to. */
export function takenRanges(
  view: StoreView,
  { id, networking }: Pick<Cloud, 'id' | 'networking'>,
  isPredecessor: (network: VirtualNetwork) => boolean = () => false,
): readonly TakenRange[] {
  const networks = [...view.all('virtualNetwork').values()];
  const own = networks.map(({ subnet }) => subnet);
  const pool = networking?.pool ?? DEFAULT_POOL;
  return [
    ...networks.filter((network) => !isPredecessor(network)).map((network) => ({ cidr: network.subnet, by: nameOf(view, network) })),
    ...view.hostsOf(id).flatMap(({ name, facts }) =>
      countingRoutes(facts?.routes ?? [], { pool, own }).map(({ cidr, device, isRemote }) => ({
        cidr,
        by: isRemote ? `to which ${name} has a route (${device})` : `the LAN of ${name} at ${device}`,
      })),
    ),
  ];
}

function nameOf(view: StoreView, { applicationId, logicalName }: VirtualNetwork): string {
  if (applicationId === null) return `network ${logicalName}`;
  return `network ${logicalName} of ${view.get('application', applicationId)?.name ?? 'an application'}`;
}
