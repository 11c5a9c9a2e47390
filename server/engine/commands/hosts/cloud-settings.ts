import type { Cloud } from '../../../domain/entity/host.ts';
import type { StrategyChoice } from '../../../domain/placement/placement.ts';
import { canonicalConfig, findPlacementPlugin } from '../../../domain/placement/resolve-strategies.ts';
import { isRegistryAddress } from '../../../domain/registry/registry.ts';
import type { EngineContext } from '../../engine-context.ts';
import { invalid } from './require-valid.ts';

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
