import type { EntitySpec } from '../entity/entity-spec.ts';
import type { BlueprintFormat } from './blueprint-input.ts';
import type { PlannedBuild } from './check-builds.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { PlannedWait } from './planned-wait.ts';
import type { SecretUse } from './secret-use.ts';

/** A blueprint understood: the tree of entities to manage. `root.type` is always `application`, `root.path` is `.`. */
export interface ApplicationPlan {
  readonly name: string;
  /** The language it was written in. */
  readonly format: BlueprintFormat;
  /** Named location at the top of the blueprint; a deploy may give another. */
  readonly location: string | null;
  readonly root: EntitySpec;
  /** Who waits for what before it starts; `dependencyOrder` makes an order of it. */
  readonly waits: readonly PlannedWait[];
  /** Secrets of the installation that it reads; absent when there is none. */
  readonly secrets?: readonly SecretUse[];
  /** What images are built of that does not stand in it; absent when there is none. */
  readonly builds?: readonly PlannedBuild[];
}

export type PlanResult =
  | {
      readonly ok: true;
      readonly plan: ApplicationPlan;
      readonly diagnostics: readonly Diagnostic[];
      /** False where the plan asks for what nothing acts on yet: findings say what. */
      readonly deployable: boolean;
    }
  /** `partial` is what was understood, to show while it is being edited; never to deploy. */
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[]; readonly partial?: ApplicationPlan };
