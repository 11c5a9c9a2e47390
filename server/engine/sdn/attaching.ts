import type { Endpoint, VirtualNetwork } from '../../domain/network/virtual-network.ts';
import type { StoreView } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';

/** Its provider puts interfaces into containers, beside Docker's bridge (`SdnProvider.attaches`). */
export function isAttaching({ plugins }: Pick<EngineContext, 'plugins'>, { networking }: Pick<VirtualNetwork, 'networking'>): boolean {
  return plugins.sdnProviders.get(networking.provider)?.attaches === true;
}

/** The container is on a network of that kind: it serves only once its host was settled. */
export function needsAttaching(
  context: Pick<EngineContext, 'plugins'>,
  view: StoreView,
  { endpoints = [] }: { readonly endpoints?: readonly Pick<Endpoint, 'networkId'>[] },
): boolean {
  return endpoints.some(({ networkId }) => {
    const network = view.get('virtualNetwork', networkId);
    return network !== undefined && isAttaching(context, network);
  });
}
