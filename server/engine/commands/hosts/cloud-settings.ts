import type { Cloud } from '../../../domain/entity/host.ts';
import { isCidr } from '../../../domain/network/addresses.ts';
import { type CloudNetworking, DEFAULT_POOL, DEFAULT_PREFIX } from '../../../domain/network/virtual-network.ts';
import type { StrategyChoice } from '../../../domain/placement/placement.ts';
import { canonicalConfig, findPlacementPlugin } from '../../../domain/placement/resolve-strategies.ts';
import { isRegistryAddress } from '../../../domain/registry/registry.ts';
import type { Draft } from '../../../ports/store.ts';
import type { EngineContext } from '../../engine-context.ts';
import { conflict, invalid } from './require-valid.ts';

/** Throws `input.invalid` unless each strategy is known and its config is one it takes. Aliases become ids. */
export function requireStrategies(plugins: EngineContext['plugins'], strategies: readonly StrategyChoice[]): readonly StrategyChoice[] {
  return strategies.map((choice) => {
    const plugin = findPlacementPlugin(choice.strategy, plugins.placement);
    if (!plugin) {
      throw invalid(
        `There is no placement strategy ${JSON.stringify(choice.strategy)}`,
        `Known are ${[...plugins.placement.keys()].sort().join(', ')}.`,
      );
    }
    const parsed = plugin.config.safeParse(canonicalConfig(choice.config, plugin));
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const where = issue ? `${issue.path.join('.')}: ${issue.message}` : 'not valid';
      throw invalid(`Strategy ${plugin.id}: ${where}`, 'Correct this setting.');
    }
    return { strategy: plugin.id, config: choice.config };
  });
}

/** A host, a port where it is not 443, and a path; no scheme. Throws `input.invalid`. */
export function requireRegistry(registry: string): void {
  if (isRegistryAddress(registry)) return;
  throw invalid(`${JSON.stringify(registry)} is no registry`, 'Write it as registry.example.org:5000/team, without https://.');
}

export function requirePortPool(pool: Cloud['portPool']): void {
  const whole = Number.isInteger(pool.from) && Number.isInteger(pool.to);
  if (whole && pool.from >= 1_024 && pool.to <= 65_535 && pool.from <= pool.to) return;
  throw invalid(`Ports ${pool.from} to ${pool.to} are no pool`, 'Use a range within 1024 to 65535.');
}

/** As callers give it; what is absent has the defaults. */
export interface NetworkingInput {
  readonly provider: string;
  readonly pool?: string;
  readonly prefix?: number;
  readonly config?: CloudNetworking['config'];
}

/** Throws `input.invalid` unless the provider is known and takes its config, and the pool has room for networks of that size. */
export function requireNetworking(
  plugins: EngineContext['plugins'],
  { provider: id, pool = DEFAULT_POOL, prefix = DEFAULT_PREFIX, config = {} }: NetworkingInput,
): CloudNetworking {
  const provider = plugins.sdnProviders.get(id);
  if (!provider)
    throw invalid(`There is no network provider ${JSON.stringify(id)}`, `Known are ${[...plugins.sdnProviders.keys()].join(', ')}.`);
  const parsed = provider.config.safeParse(config);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw invalid(`Network provider ${id}: ${issue ? `${issue.path.join('.')}: ${issue.message}` : 'not valid'}`, 'Correct this setting.');
  }
  const bits = isCidr(pool) ? Number(pool.slice(pool.indexOf('/') + 1)) : null;
  if (bits === null) throw invalid(`${JSON.stringify(pool)} is no pool of addresses`, 'Write it as 10.208.0.0/12.');
  if (!Number.isInteger(prefix) || prefix < Math.max(8, bits) || prefix > 29) {
    throw invalid(`Networks of size /${prefix} do not fit into ${pool}`, `Use a prefix length from ${Math.max(8, bits)} to 29.`);
  }
  return { provider: id, pool, prefix, config, ...(provider.reach === undefined ? {} : { reach: provider.reach }) };
}

/**
 * Whether networks reach all hosts or end at one cannot change below containers: all would have to be made anew at once. Throws `conflict` while an
 * application has some. Networks of the cloud reach all hosts either way.
 */
export function requireNoNetworks(draft: Draft, cloud: Cloud): void {
  const hosts = new Set<string>(draft.hostsOf(cloud.id).map(({ id }) => id));
  const network = [...draft.all('network').values()].find(
    ({ hostId, applicationId, definition }) => hosts.has(hostId) && applicationId !== null && definition.shared === undefined,
  );
  if (!network?.applicationId) return;
  const name = draft.get('application', network.applicationId)?.name ?? network.applicationId;
  throw conflict(
    `Application ${name} has networks on ${cloud.name}`,
    'Delete the applications that have networks there, or make another cloud.',
  );
}
