import type { Json } from '../shared/json.ts';
import type { AppliedStrategy } from './decide-placement.ts';
import type { StrategyChoice } from './placement.ts';
import type { PlacementPlugin } from './placement-plugin.ts';

export type ResolvedStrategies =
  | { readonly ok: true; readonly strategies: readonly AppliedStrategy[] }
  | { readonly ok: false; readonly message: string };

/** Strategies by the names and config that a cloud or blueprint gives them; config is validated and defaults are filled in. */
export function resolveStrategies(choices: readonly StrategyChoice[], plugins: ReadonlyMap<string, PlacementPlugin>): ResolvedStrategies {
  const strategies: AppliedStrategy[] = [];
  for (const choice of choices) {
    const plugin = findPlacementPlugin(choice.strategy, plugins);
    if (plugin === undefined) {
      return { ok: false, message: `There is no placement strategy “${choice.strategy}”. Known are ${[...plugins.keys()].join(', ')}.` };
    }
    const config = plugin.config.safeParse(canonicalConfig(choice.config, plugin));
    if (!config.success) {
      const problems = config.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
      return { ok: false, message: `Placement strategy ${plugin.id}: ${problems}` };
    }
    strategies.push({ id: plugin.id, strategy: plugin.strategy, config: toRecord(config.data) });
  }
  return { ok: true, strategies: shufflingLate(strategies) };
}

/** Hosts are shuffled once those are out that the rules after it refuse: which host is drawn then depends on those that fit alone. */
function shufflingLate(strategies: readonly AppliedStrategy[]): readonly AppliedStrategy[] {
  const arranged = [...strategies];
  for (let at = arranged.length - 2; at >= 0; at -= 1) {
    for (let place = at; isShuffle(arranged[place]) && onlyRefuses(arranged[place + 1]); place += 1) {
      arranged.splice(place, 2, ...arranged.slice(place, place + 2).reverse());
    }
  }
  return arranged;
}

function isShuffle(applied: AppliedStrategy | undefined): boolean {
  return applied?.strategy.perHost?.order?.by === 'random';
}

function onlyRefuses(applied: AppliedStrategy | undefined): boolean {
  const { refuse, order, score, spread } = applied?.strategy.perHost ?? {};
  return refuse !== undefined && order === undefined && score === undefined && spread === undefined;
}

/** Config under its canonical keys: what is given by a flag counts where the key itself is not given. */
export function canonicalConfig(
  config: StrategyChoice['config'],
  { flags = {} }: Pick<PlacementPlugin, 'flags'>,
): StrategyChoice['config'] {
  const renamed = Object.entries(config).map(([key, value]) => [Object.hasOwn(flags, key) ? (flags[key] ?? key) : key, value] as const);
  return { ...Object.fromEntries(renamed), ...Object.fromEntries(Object.entries(config).filter(([key]) => !Object.hasOwn(flags, key))) };
}

/** By canonical id, else by alias. */
export function findPlacementPlugin(name: string, plugins: ReadonlyMap<string, PlacementPlugin>): PlacementPlugin | undefined {
  const direct = plugins.get(name);
  if (direct !== undefined) return direct;
  for (const plugin of plugins.values()) if (plugin.aliases.includes(name)) return plugin;
  return undefined;
}

function toRecord(config: unknown): Readonly<Record<string, Json>> {
  return typeof config === 'object' && config !== null ? Object.fromEntries(Object.entries(config)) : {};
}
