import type { VirtualNetwork } from '../../../domain/network/virtual-network.ts';
import type { Draft } from '../../../ports/store.ts';
import type { EngineContext } from '../../engine-context.ts';
import { inUseText, membersOf, requireFreeSubnet, requireUnused } from '../../sdn/standing-networks.ts';
import { hasParts } from '../../sdn/virtual-networks.ts';
import { conflict, notFound } from '../hosts/require-valid.ts';
import { requireStanding } from './require-standing.ts';

export interface UpdateNetworkInput {
  readonly networkId: string;
  readonly description?: string;
  /** Null: all applications of the cloud. */
  readonly joiners?: readonly string[] | null;
  readonly subnet?: string;
  readonly internal?: boolean;
}

/**
 * What it is for and who may join it are changed at any time, but nobody who is on it is shut out. Its addresses and its way out are how it was made on
 * each host, and what containers have been told: they are changed only while nobody is on it. Its name never is, since blueprints join it by that.
 * @throws ClockerError not-found | conflict
 */
export async function updateNetwork(context: Pick<EngineContext, 'store' | 'plugins'>, input: UpdateNetworkInput): Promise<void> {
  const { description, joiners, subnet, internal } = input;
  await context.store.commit((draft) => {
    const network = requireStanding(draft, input.networkId);
    if (joiners) requireNobodyShutOut(draft, network, joiners);
    const { resting: _, ...rest } = network;
    const isRemade = (subnet ?? network.subnet) !== network.subnet || (internal ?? network.internal) !== network.internal;
    if (isRemade) requireRemaking(draft, network, subnet);
    draft.put('virtualNetwork', {
      ...(isRemade ? { ...rest, lastAddress: 0 } : network),
      ...rangesOf(context, network, subnet ?? network.subnet),
      internal: internal ?? network.internal,
      standing: {
        ...network.standing,
        description: description ?? network.standing.description,
        joiners: joiners === undefined ? network.standing.joiners : joiners,
      },
    });
  });
}

function rangesOf(
  { plugins }: Pick<EngineContext, 'plugins'>,
  { networking }: VirtualNetwork,
  subnet: string,
): Pick<VirtualNetwork, 'subnet' | 'fence'> {
  const fence = plugins.sdnProviders.get(networking.provider)?.fence?.(subnet);
  return { subnet, ...(fence === undefined ? {} : { fence }) };
}

function requireNobodyShutOut(draft: Draft, network: VirtualNetwork, joiners: readonly string[]): void {
  const shut = membersOf(draft, network.id).filter(
    ({ applicationId }) => !joiners.includes(draft.get('application', applicationId)?.name ?? ''),
  );
  if (shut.length === 0) return;
  throw conflict(`On network ${network.logicalName} is ${inUseText(shut)}`, 'Who is on it may join it: name their applications too.');
}

function requireRemaking(draft: Draft, network: VirtualNetwork, subnet: string | undefined): void {
  if (network.applicationId !== null) {
    const owner = draft.get('application', network.applicationId)?.name ?? network.applicationId;
    throw conflict(`Network ${network.logicalName} is made by application ${owner}`, 'Change its blueprint.');
  }
  requireUnused(draft, network);
  if (hasParts(draft, network.id)) {
    throw conflict(`Network ${network.logicalName} is still being taken from hosts`, 'Try again in a moment.');
  }
  if (subnet === undefined || subnet === network.subnet) return;
  const cloud = draft.get('cloud', network.cloudId);
  if (!cloud) throw notFound('cloud', network.cloudId);
  requireFreeSubnet(draft, cloud, subnet, network);
}
