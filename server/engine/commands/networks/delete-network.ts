import type { EngineContext } from '../../engine-context.ts';
import { requireUnused, retireNetwork } from '../../sdn/standing-networks.ts';
import { conflict } from '../hosts/require-valid.ts';
import { requireStanding } from './require-standing.ts';

/**
 * Deletes a network that nobody is on; hosts that still have a part of it let go of that first.
 * @throws ClockerError not-found | conflict (with the containers on it, or the application whose network it is)
 */
export async function deleteNetwork(context: Pick<EngineContext, 'store'>, { networkId }: { readonly networkId: string }): Promise<void> {
  await context.store.commit((draft) => {
    const network = requireStanding(draft, networkId);
    requireUnused(draft, network);
    if (network.applicationId !== null) {
      const owner = draft.get('application', network.applicationId)?.name ?? network.applicationId;
      throw conflict(`Network ${network.logicalName} is made by application ${owner}`, 'Delete that application.');
    }
    retireNetwork(draft, network);
  });
}
