import type { BlueprintParts } from '../blueprint/blueprint-input.ts';
import type { ApplicationId, EntityId, RolloutId, TaskId } from '../shared/ids.ts';
import type { EntitySpec, LocationSpec } from './entity-spec.ts';

/** A deployed blueprint. Its state is that of its root entity. */
export interface Application {
  readonly id: ApplicationId;
  readonly name: string;
  readonly rootId: EntityId;
  /** Current generation, counted from 1. */
  readonly generation: number;
  /** Named location (cloud) it runs in. */
  readonly location: string;
  /** Where the hosts of its Docker clouds come from; absent where it has none, or they say so themselves. */
  readonly machines?: readonly LocationSpec[];
  readonly createdAt: number;
  readonly createdBy: string;
  readonly rolloutId: RolloutId | null;
}

/** One version of an application's blueprint, kept for diff and restore. Record id: `<applicationId>:<number>`. */
/** So many of an application can be gone back to; older ones are removed. */
export const KEPT_GENERATIONS = 50;

export interface Generation {
  readonly id: string;
  readonly applicationId: ApplicationId;
  readonly number: number;
  readonly text: string;
  /** Files, variables and what else the text was read with; absent where it stands alone. */
  readonly parts?: BlueprintParts;
  readonly plan: EntitySpec;
  readonly createdAt: number;
  readonly createdBy: string;
  /** `deploy`, `update`, `restore of 2`, `revert of 3: web is not ready …` */
  readonly reason: string;
}

export interface RolloutSettings {
  /** Members recreated at once, 1 or more. */
  readonly batch: number;
  readonly order: 'stop-first' | 'start-first';
  /** Pause between batches in milliseconds. */
  readonly delayMs: number;
  /** A recreated entity must be up within this time, else the rollout reverts. */
  readonly healthTimeoutMs: number;
}

/** An update on its way from one generation to the next. */
export interface Rollout {
  readonly id: RolloutId;
  readonly applicationId: ApplicationId;
  readonly from: number;
  readonly to: number;
  readonly settings: RolloutSettings;
  readonly state: 'running' | 'done' | 'reverting' | 'reverted' | 'failed';
  readonly message: string;
  /** The visible task of the update, while it goes on. */
  readonly taskId: TaskId | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** Entities to recreate, in order, with when each was granted and became healthy. */
  readonly steps: readonly { readonly entityId: EntityId; readonly grantedAt: number | null; readonly doneAt: number | null }[];
}
