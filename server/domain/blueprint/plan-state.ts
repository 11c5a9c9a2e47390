import type { DslExpression } from './config-value.ts';
import type { Findings, TextRange } from './findings.ts';
import type { TypeLibrary } from './type-library.ts';
import type { BlueprintType, TypeRegistry } from './type-registry.ts';

/** What building a plan gathers on its way through the text. */
export interface PlanState {
  readonly findings: Findings;
  readonly types: TypeRegistry;
  readonly library: TypeLibrary;
  /** Types by every name that a blueprint may call them. */
  readonly typesByName: ReadonlyMap<string, BlueprintType>;
  /** Entity paths given so far. */
  readonly paths: Set<string>;
  /** Blueprint ids and where they were given first. */
  readonly ids: Map<string, TextRange>;
  readonly uses: DeferredUse[];
}

/** One `$brooklyn:` expression and where it stands. */
export interface DeferredUse {
  readonly expression: DslExpression;
  /** Path of the entity whose config holds it. */
  readonly owner: string;
  /** Canonical config key. */
  readonly key: string;
  readonly range: TextRange;
  readonly path: string;
}

export function createPlanState(findings: Findings, library: TypeLibrary): PlanState {
  const { entityTypes: types } = library;
  const typesByName = new Map<string, BlueprintType>();
  for (const type of types.values()) for (const name of [type.id, ...type.aliases]) typesByName.set(name, type);
  return { findings, types, library, typesByName, paths: new Set(), ids: new Map(), uses: [] };
}
