import type { EntitySpec } from '../entity/entity-spec.ts';
import { type ConfigMap, type ConfigValue, isDeferred } from './config-value.ts';
import { CONFIG_MAPS, declaresBy, type EffectiveConfig, effectiveConfig, effectiveKeys, mergeMaps } from './effective-config.ts';
import type { TextRange } from './findings.ts';
import { overlayNode } from './overlay-node.ts';
import type { PlanState } from './plan-state.ts';
import type { SourceNode } from './source-node.ts';
import { type BlueprintType, declaredKeys } from './type-registry.ts';

export interface ConfigPlace {
  readonly keyRange: TextRange;
  /** Null when the value does not stand in the text by itself (the image in `docker:IMAGE`). */
  readonly node: SourceNode | null;
  readonly path: string;
}

/** Config of an entity of the plan while the plan is being built. */
export interface ConfigLevel {
  readonly spec: Pick<EntitySpec, 'type' | 'config' | 'parameters'>;
  /** Where each value stands; defaults of parameters too. */
  readonly places: ReadonlyMap<string, ConfigPlace>;
  /** Path of the entity above it. */
  readonly parent: string | null;
}

/** From the entity at `path` up to the root. */
export function chainAt(path: string, state: PlanState): readonly ConfigLevel[] {
  const chain: ConfigLevel[] = [];
  for (let at = state.levels.get(path); at !== undefined; at = at.parent === null ? undefined : state.levels.get(at.parent)) chain.push(at);
  return chain;
}

/** What counts of `key` at the first of the chain. */
export function effectiveAt(key: string, chain: readonly ConfigLevel[], state: PlanState): EffectiveConfig<ConfigLevel> | undefined {
  return effectiveConfig(key, chain, declaresBy(state.types));
}

/** Own config of the first of the chain, and what it gets from above of the keys that it declares; defaults of parameters too. */
export function withInherited(
  chain: readonly ConfigLevel[],
  state: PlanState,
): Pick<ConfigLevel, 'places'> & { readonly config: ConfigMap } {
  const config: Record<string, ConfigValue> = {};
  const places = new Map<string, ConfigPlace>();
  for (const key of effectiveKeys(chain, declaresBy(state.types))) {
    const effective = effectiveAt(key, chain, state);
    if (effective === undefined) continue;
    const [nearest, ...farther] = effective.parts;
    const place = nearest.holder.places.get(key);
    config[key] = mergeKnown(effective);
    if (place !== undefined)
      places.set(
        key,
        farther.reduce((over, { holder }) => mergePlaces(holder.places.get(key), over), place),
      );
  }
  return { config, places };
}

/** As far as they stand in the text: what is farther than an expression is left away. */
function mergeKnown({ parts: [nearest, ...farther] }: EffectiveConfig<ConfigLevel>): ConfigValue {
  const end = farther.findIndex(({ value }) => isDeferred(value));
  const known = end < 0 ? farther : farther.slice(0, end);
  return mergeMaps([nearest.value, ...known.map(({ value }) => value)], CONFIG_MAPS);
}

function mergePlaces(base: ConfigPlace | undefined, over: ConfigPlace): ConfigPlace {
  if (base === undefined || base.node === null || over.node === null) return over;
  return { ...over, node: overlayNode(base.node, over.node) };
}

export function declaredSet(type: BlueprintType, state: PlanState): ReadonlySet<string> {
  const known = state.declared.get(type.id);
  if (known !== undefined) return known;
  const keys = new Set(declaredKeys(type));
  state.declared.set(type.id, keys);
  return keys;
}
