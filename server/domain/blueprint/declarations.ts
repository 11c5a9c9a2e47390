import type { ParameterSpec } from '../entity/entity-spec.ts';
import { type ConfigInheritance, inheritanceOf, merges } from './config-inheritance.ts';
import { declaredSet } from './config-level.ts';
import type { PlanState } from './plan-state.ts';
import { FIRST_MEMBER_SPEC_KEYS, MEMBER_SPEC_KEYS } from './service-keys.ts';
import type { BlueprintType } from './type-registry.ts';

/** What an entity declares: the keys and flags of its type, and the parameters of the blueprint. */
export interface Declarations {
  readonly type: BlueprintType | undefined;
  /** The key that a blueprint means by a name; undefined for one that is not declared. */
  canonical(name: string): string | undefined;
  /** The present name of a parameter, for an old one. */
  deprecated(name: string): string | undefined;
  inheritance(key: string): ConfigInheritance;
  /** True when maps of the key are merged with those that the type brings. */
  merges(key: string): boolean;
  /** All names that a blueprint may use. */
  names(): readonly string[];
}

export function declarationsOf(type: BlueprintType | undefined, parameters: readonly ParameterSpec[], state: PlanState): Declarations {
  const keys = type === undefined ? NONE : declaredSet(type, state);
  const own = new Set(parameters.map(({ name }) => name));
  const old = new Map(
    parameters.flatMap(({ name, deprecatedNames }) => (deprecatedNames ?? []).map((written) => [written, name] as const)),
  );
  return {
    type,
    canonical(name) {
      if (own.has(name)) return name;
      const flagged = type !== undefined && Object.hasOwn(type.flags, name) ? type.flags[name] : undefined;
      return flagged ?? old.get(name) ?? (keys.has(name) ? name : undefined);
    },
    deprecated: (name) => (own.has(name) || keys.has(name) ? undefined : old.get(name)),
    inheritance: (key) => inheritanceOf(key, parameters),
    merges: (key) => merges(inheritanceOf(key, parameters).type),
    names: () => [
      ...own,
      ...keys,
      ...Object.keys(type?.flags ?? {}),
      ...(type?.kind === 'cluster' ? [...MEMBER_SPEC_KEYS, ...FIRST_MEMBER_SPEC_KEYS] : []),
    ],
  };
}

const NONE: ReadonlySet<string> = new Set();
