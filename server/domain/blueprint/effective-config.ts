import type { EntitySpec } from '../entity/entity-spec.ts';
import { type InheritanceMode, inheritanceOf, merges } from './config-inheritance.ts';
import { type ConfigValue, isConfigMap, isDeferred } from './config-value.ts';
import { isLiveMap, type LiveValue } from './live-value.ts';
import { configShape, type TypeRegistry } from './type-registry.ts';

/** Something with a spec and a place in the tree: a node of a plan, or a live entity. */
export interface ConfigHolder {
  readonly spec: Pick<EntitySpec, 'type' | 'config' | 'parameters'>;
}

/** One value that counts, and whose it is: an expression in it is evaluated there. */
export interface ConfigPart<Holder> {
  readonly value: ConfigValue;
  readonly holder: Holder;
  /** `default`: of a parameter that the holder declares. */
  readonly from: 'own' | 'inherited' | 'default';
}

export interface EffectiveConfig<Holder> {
  /** At least one, the nearest first. More than one only where maps are merged: see `mergeMaps`. */
  readonly parts: readonly [ConfigPart<Holder>, ...ConfigPart<Holder>[]];
}

/** True when the holder's type, or its parameters, declare the key. */
export type Declares<Holder> = (holder: Holder, key: string) => boolean;

export function declaresBy(types: TypeRegistry | undefined): Declares<ConfigHolder> {
  return ({ spec }, key) => {
    const type = types?.get(spec.type);
    return (type !== undefined && Object.hasOwn(configShape(type), key)) || spec.parameters?.some(({ name }) => name === key) === true;
  };
}

/** Keys that may have a value at the first of the chain: all that it sets or declares as a parameter, and of those above what it declares. */
export function effectiveKeys<Holder extends ConfigHolder>(chain: readonly Holder[], declares: Declares<Holder>): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const [index, holder] of chain.entries()) {
    for (const key of [...Object.keys(holder.spec.config), ...(holder.spec.parameters ?? []).map(({ name }) => name)]) {
      if (index === 0 || (chain[0] !== undefined && declares(chain[0], key))) keys.add(key);
    }
  }
  return keys;
}

/**
 * What `key` is at the first of `chain`, which goes from an entity up to the root: its own value, else that of the nearest ancestor,
 * else the default of a parameter, the nearest first; undefined when there is none. Modes of inheritance are those of the
 * parameter or of the key. Defaults of types are not among them: the type's schema gives those.
 */
export function effectiveConfig<Holder extends ConfigHolder>(
  key: string,
  chain: readonly Holder[],
  declares: Declares<Holder>,
): EffectiveConfig<Holder> | undefined {
  const [self] = chain;
  if (self === undefined) return undefined;
  const mode = runtimeMode(key, self);
  const reach = reachOf(key, chain, { mode, declares });
  const values = reach.flatMap((holder, index): readonly ConfigPart<Holder>[] => {
    const value = Object.hasOwn(holder.spec.config, key) ? holder.spec.config[key] : undefined;
    return value === undefined ? [] : [{ value, holder, from: index === 0 ? 'own' : 'inherited' }];
  });
  const [nearest, ...farther] = values;
  if (nearest === undefined) return defaultOf(key, reach);
  return { parts: merges(mode) && isMergeable(nearest.value) ? [nearest, ...mergeable(farther)] : [nearest] };
}

/** The entities whose values can be seen from the first: none behind one that consumes the key. */
function reachOf<Holder extends ConfigHolder>(
  key: string,
  chain: readonly Holder[],
  { mode, declares }: { readonly mode: InheritanceMode; readonly declares: Declares<Holder> },
): readonly Holder[] {
  if (mode === 'never') return chain.slice(0, 1);
  const consumer = chain.findIndex((holder, index) => index > 0 && consumes(key, holder) && declares(holder, key));
  return consumer < 0 ? chain : chain.slice(0, consumer);
}

function consumes(key: string, holder: ConfigHolder): boolean {
  const mode = runtimeMode(key, holder);
  return mode === 'none' || mode === 'none-else-merge' || mode === 'never';
}

function runtimeMode(key: string, { spec }: ConfigHolder): InheritanceMode {
  return inheritanceOf(key, spec.parameters).runtime;
}

function defaultOf<Holder extends ConfigHolder>(key: string, reach: readonly Holder[]): EffectiveConfig<Holder> | undefined {
  for (const holder of reach) {
    const value = holder.spec.parameters?.find(({ name }) => name === key)?.defaultValue;
    if (value !== undefined) return { parts: [{ value, holder, from: 'default' }] };
  }
  return undefined;
}

/** Up to the first that is no map: it would be overwritten by what is nearer. */
function mergeable<Holder>(parts: readonly ConfigPart<Holder>[]): readonly ConfigPart<Holder>[] {
  const end = parts.findIndex(({ value }) => !isMergeable(value));
  return end < 0 ? parts : parts.slice(0, end);
}

/** Maps are; an expression may turn out to be one. */
function isMergeable(value: ConfigValue): boolean {
  return isConfigMap(value) || isDeferred(value);
}

/** What maps are among some values. */
export interface MapKind<Value> {
  isMap(value: Value): value is Value & { readonly [key: string]: Value };
  ofMap(map: { readonly [key: string]: Value }): Value;
}

export const LIVE_MAPS: MapKind<LiveValue> = { isMap: isLiveMap, ofMap: (map) => map };
export const CONFIG_MAPS: MapKind<ConfigValue> = { isMap: isConfigMap, ofMap: (map) => map };

/** The parts of one value as one, the nearest first: maps merged at every depth, and a blank entry removes what is farther. */
export function mergeMaps<Value>([nearest, ...farther]: readonly [Value, ...Value[]], maps: MapKind<Value>): Value {
  const [next, ...rest] = farther;
  return next === undefined ? nearest : mergeTwo(mergeMaps([next, ...rest], maps), nearest, maps);
}

function mergeTwo<Value>(farther: Value, nearer: Value, maps: MapKind<Value>): Value {
  if (!maps.isMap(farther) || !maps.isMap(nearer)) return nearer;
  const merged = new Map<string, Value>(Object.entries(farther));
  for (const [key, value] of Object.entries<Value>(nearer)) {
    const below = merged.get(key);
    if (value === null && below !== undefined) merged.delete(key);
    else merged.set(key, below === undefined ? value : mergeTwo(below, value, maps));
  }
  return maps.ofMap(Object.fromEntries(merged));
}
