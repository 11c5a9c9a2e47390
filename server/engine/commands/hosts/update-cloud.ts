import type { Cloud } from '../../../domain/entity/host.ts';
import { reachOf } from '../../../domain/network/virtual-network.ts';
import type { StrategyChoice } from '../../../domain/placement/placement.ts';
import type { CloudId } from '../../../domain/shared/ids.ts';
import { canonicalJson } from '../../../domain/shared/json.ts';
import type { EngineContext } from '../../engine-context.ts';
import {
  type NetworkingInput,
  requireNetworking,
  requireNoNetworks,
  requirePortPool,
  requireRegistry,
  requireStrategies,
} from './cloud-settings.ts';
import { requireOwn } from './require-own.ts';
import { conflict, notFound, requireName } from './require-valid.ts';

export interface UpdateCloudInput {
  readonly cloudId: CloudId;
  /** Refused while applications are deployed to the old name. */
  readonly name?: string;
  readonly strategies?: readonly StrategyChoice[];
  readonly portPool?: Cloud['portPool'];
  /** Empty: none. */
  readonly imageRegistry?: string;
  /** For networks that are made from now on. Null: they end at a host; that, and its contrary, is refused while applications have networks on its hosts. */
  readonly networking?: NetworkingInput | null;
}

/** Counts for placements from now on; nothing that runs is moved. Errors: input.invalid, not-found, conflict. */
export async function updateCloud(context: Pick<EngineContext, 'store' | 'plugins'>, input: UpdateCloudInput): Promise<void> {
  if (input.name !== undefined) requireName('cloud', input.name);
  const strategies = input.strategies && requireStrategies(context.plugins, input.strategies);
  if (input.portPool) requirePortPool(input.portPool);
  if (input.imageRegistry) requireRegistry(input.imageRegistry);
  const networking = input.networking ? requireNetworking(context.plugins, input.networking) : input.networking;
  await context.store.commit((draft) => {
    const cloud = draft.get('cloud', input.cloudId);
    if (!cloud) throw notFound('cloud', input.cloudId);
    if (input.name !== undefined || strategies) requireOwn(draft, cloud, 'Change its blueprint.');
    const name = input.name ?? cloud.name;
    if (name !== cloud.name) {
      const taken = [...draft.all('cloud').values()].some((other) => other.id !== cloud.id && other.name === name);
      if (taken) throw conflict(`There is already a cloud ${name}`, 'Choose another name.');
      const used = [...draft.all('application').values()].find((application) => application.location === cloud.name);
      if (used) throw conflict(`Application ${used.name} is deployed to ${cloud.name}`, 'A cloud in use keeps its name.');
    }
    const portPool = input.portPool ? { from: input.portPool.from, to: input.portPool.to } : cloud.portPool;
    const { imageRegistry: before, networking: networkingBefore, ...rest } = cloud;
    const chosen = networking === undefined ? networkingBefore : (networking ?? undefined);
    if (canonicalJson(chosen ?? null) !== canonicalJson(networkingBefore ?? null)) {
      requireOwn(draft, cloud, 'Change its blueprint.');
      // Another provider or pool is for new networks: each keeps what it was made with.
      if (reachOf(chosen) !== reachOf(networkingBefore)) requireNoNetworks(draft, cloud);
    }
    const registry = input.imageRegistry ?? before;
    draft.put('cloud', {
      ...rest,
      ...(registry ? { imageRegistry: registry } : {}),
      ...(chosen ? { networking: chosen } : {}),
      name,
      strategies: strategies ?? cloud.strategies,
      portPool,
    });
  });
}
