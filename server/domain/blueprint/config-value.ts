import type { AdjunctSpec, EntitySpec } from '../entity/entity-spec.ts';

/**
 * A config value as the blueprint gave it: JSON whose strings may be replaced by a deferred `$brooklyn:` expression.
 * A deferred value is evaluated against the live entities whenever it is needed; "not yet" is an answer, not an error.
 */
export type ConfigValue =
  | null
  | boolean
  | number
  | string
  | readonly ConfigValue[]
  | Deferred
  | NestedSpec
  | NestedObject
  | { readonly [key: string]: ConfigValue };

export type ConfigMap = { readonly [key: string]: ConfigValue };

/** `$brooklyn:entitySpec`: an entity to be made later, from this spec. No blueprint key may start with `$spec`. */
export interface NestedSpec {
  readonly $spec: EntitySpec;
}

/** `$brooklyn:object`: a placement strategy, policy or plain object. No blueprint key may start with `$object`. */
export interface NestedObject {
  readonly $object: AdjunctSpec;
}

/** A parsed DSL expression. `$dsl` is the marker key; no blueprint key may start with `$dsl`. */
export interface Deferred {
  readonly $dsl: DslExpression;
}

/** `fn(args).fn(args)…`: calls applied from left to right, the first to the entity that declares the value. */
export interface DslExpression {
  /** As a person reads it; `writeDsl` gives text that can be read back. */
  readonly text: string;
  readonly calls: readonly DslCall[];
}

export interface DslCall {
  /** Of the function; `[]` for `value[index]` and `value.property`, whose one argument is the index. */
  readonly name: string;
  /** Nested expressions are `{ $dsl }`. */
  readonly args: readonly ConfigValue[];
}

export function isDeferred(value: ConfigValue | undefined): value is Deferred {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && '$dsl' in value;
}

export function isNestedSpec(value: ConfigValue | undefined): value is NestedSpec {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && '$spec' in value;
}

export function isNestedObject(value: ConfigValue | undefined): value is NestedObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && '$object' in value;
}

/** `Array.isArray` for values that are read only. */
export function isConfigList(value: ConfigValue | undefined): value is readonly ConfigValue[] {
  return Array.isArray(value);
}

/** A map that is no marker. */
export function isConfigMap(value: ConfigValue | undefined): value is ConfigMap {
  if (typeof value !== 'object' || value === null || isConfigList(value)) return false;
  return !isDeferred(value) && !isNestedSpec(value) && !isNestedObject(value);
}
