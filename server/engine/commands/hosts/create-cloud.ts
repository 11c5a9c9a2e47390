import { type Cloud, DEFAULT_PORT_POOL } from '../../../domain/entity/host.ts';
import type { StrategyChoice } from '../../../domain/placement/placement.ts';
import type { CloudId } from '../../../domain/shared/ids.ts';
import type { EngineContext } from '../../engine-context.ts';
import { newId } from '../../new-id.ts';
import { type NetworkingInput, requireNetworking, requirePortPool, requireRegistry, requireStrategies } from './cloud-settings.ts';
import { conflict, requireName } from './require-valid.ts';

export interface CreateCloudInput {
  /** The location that blueprints name. */
  readonly name: string;
  readonly strategies?: readonly StrategyChoice[];
  readonly portPool?: Cloud['portPool'];
  readonly imageRegistry?: string;
  /** Null or absent: networks end at a host. */
  readonly networking?: NetworkingInput | null;
}

/** Errors: input.invalid, conflict (the name is taken). */
export async function createCloud(
  context: Pick<EngineContext, 'store' | 'ids' | 'clock' | 'plugins'>,
  input: CreateCloudInput,
): Promise<{ readonly cloudId: CloudId }> {
  requireName('cloud', input.name);
  const strategies = requireStrategies(context.plugins, input.strategies ?? []);
  const portPool = input.portPool ?? DEFAULT_PORT_POOL;
  requirePortPool(portPool);
  const registry = input.imageRegistry ? { imageRegistry: input.imageRegistry } : {};
  if (input.imageRegistry) requireRegistry(input.imageRegistry);
  const networking = input.networking ? { networking: requireNetworking(context.plugins, input.networking) } : {};
  return await context.store.commit((draft) => {
    for (const other of draft.all('cloud').values()) {
      if (other.name === input.name) throw conflict(`There is already a cloud ${input.name}`, 'Choose another name.');
    }
    const id = newId<'cloud'>(context.ids);
    const { from, to } = portPool;
    draft.put('cloud', {
      id,
      name: input.name,
      strategies,
      portPool: { from, to },
      ...registry,
      ...networking,
      placements: 0,
      createdAt: context.clock.now(),
    });
    return { cloudId: id };
  });
}
