import type { CloudId } from '../../../domain/shared/ids.ts';
import type { EngineContext } from '../../engine-context.ts';
import { putStandingNetwork } from '../../sdn/standing-networks.ts';
import { notFound } from '../hosts/require-valid.ts';

export interface CreateNetworkInput {
  readonly cloudId: CloudId;
  readonly name: string;
  /** IPv4 CIDR; absent: the next that is free of the cloud's pool. */
  readonly subnet?: string;
  /** Nothing outside of it can be reached. */
  readonly internal?: boolean;
  readonly description?: string;
  /** Names of the applications that may join it; null or absent: all of the cloud. */
  readonly joiners?: readonly string[] | null;
}

/**
 * A network that stays until somebody deletes it. Hosts have it once containers join it.
 * @throws ClockerError not-found (cloud) | input.invalid | conflict (name or addresses are taken) | network.refused (no provider, pool used up)
 */
export async function createNetwork(
  context: Pick<EngineContext, 'store' | 'secrets' | 'plugins' | 'clock'>,
  { cloudId, name, subnet, internal, description = '', joiners = null }: CreateNetworkInput,
): Promise<{ readonly networkId: string }> {
  return await context.store.commit((draft) => {
    const cloud = draft.get('cloud', cloudId);
    if (!cloud) throw notFound('cloud', cloudId);
    const wanted = { ...(subnet === undefined ? {} : { subnet }), ...(internal ? { internal } : {}) } as const;
    const network = putStandingNetwork(draft, context, { cloud, name, applicationId: null, wanted, description, joiners });
    return { networkId: network.id };
  });
}
