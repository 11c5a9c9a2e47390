import type { EntitySpec } from '../entity/entity-spec.ts';
import type { ConfigMap, ConfigValue } from './config-value.ts';
import { type EffectiveConfig, effectiveConfig } from './effective-config.ts';
import type { TextRange } from './findings.ts';
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
  return effectiveConfig(key, chain, ({ spec }, name) => {
    const type = state.types.get(spec.type);
    return (
      (type !== undefined && declaredSet(type, state).has(name)) || spec.parameters?.some((parameter) => parameter.name === name) === true
    );
  });
}

/** Own config of the first of the chain, and what it gets from above of the keys that its type declares; defaults of parameters too. */
export function withInherited(
  chain: readonly ConfigLevel[],
  type: BlueprintType,
  state: PlanState,
): Pick<ConfigLevel, 'places'> & { readonly config: ConfigMap } {
  const [self] = chain;
  if (self === undefined) return { config: {}, places: new Map() };
  const declared = declaredSet(type, state);
  const config: Record<string, ConfigValue> = { ...self.spec.config };
  const places = new Map(self.places);
  for (const level of chain) {
    for (const key of [...Object.keys(level === self ? {} : level.spec.config), ...(level.spec.parameters ?? []).map(({ name }) => name)]) {
      if (!declared.has(key) || Object.hasOwn(config, key)) continue;
      const part = effectiveAt(key, chain, state)?.parts[0];
      const place = part?.holder.places.get(key);
      if (part === undefined || place === undefined) continue;
      config[key] = part.value;
      places.set(key, place);
    }
  }
  return { config, places };
}

export function declaredSet(type: BlueprintType, state: PlanState): ReadonlySet<string> {
  const known = state.declared.get(type.id);
  if (known !== undefined) return known;
  const keys = new Set(declaredKeys(type));
  state.declared.set(type.id, keys);
  return keys;
}
