import type { EntitySpec } from '../entity/entity-spec.ts';
import { isJsonObject, type Json } from '../shared/json.ts';
import { type InheritanceMode, inheritanceOf, merges } from './config-inheritance.ts';
import type { ConfigValue } from './config-value.ts';

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
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('$spec' in value) && !('$object' in value);
}

/** The resolved parts of one value as one, the nearest first: maps merged at every depth, and a blank entry removes what is farther. */
export function mergeMaps(values: readonly Json[]): Json {
  return values.reduceRight<Json>((farther, nearer) => mergeTwo(farther, nearer), null);
}

function mergeTwo(farther: Json, nearer: Json): Json {
  if (!isJsonObject(farther) || !isJsonObject(nearer)) return nearer;
  const merged = new Map(Object.entries(farther));
  for (const [key, value] of Object.entries(nearer)) {
    const below = merged.get(key);
    if (value === null && below !== undefined) merged.delete(key);
    else merged.set(key, below === undefined ? value : mergeTwo(below, value));
  }
  return Object.fromEntries(merged);
}
