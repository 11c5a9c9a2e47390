import type { EffectorDefinition } from '../entity-types/type-members.ts';
import type { EntityId } from '../shared/ids.ts';
import type { Json, JsonObject } from '../shared/json.ts';
import type { Looking } from './behaviour.ts';
import type { FeedAnswer, Probe } from './feed.ts';

/** An operation that a blueprint adds to an entity. */
export interface AddedEffector<Config = unknown> {
  /** By name, description and parameters of its config alone: they are read before the rest of it can be. */
  definition(config: EffectorNaming): EffectorDefinition;
  /** `parameters` have passed the schema of the definition. */
  run(config: Config, parameters: JsonObject, looking: Looking): EffectorRun;
  /** What the answer to its probe means; a probe that has failed is never asked about. */
  outcome?(config: Config, answer: FeedAnswer): EffectorOutcome;
}

export interface EffectorNaming {
  readonly name: string;
  readonly description?: string | number | boolean | undefined;
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, unknown>> | null>> | undefined;
}

export type EffectorRun =
  /** A command where the entity runs, or a request. `on`: where others run instead, one after the other. */
  | {
      readonly kind: 'probe';
      readonly probe: Extract<Probe, { readonly kind: 'command' | 'http' }>;
      readonly timeoutMs: number;
      readonly on?: readonly EntityId[];
    }
  /** Other effectors, one after the other or so many at once; the first that fails ends it, but for what `tolerates` names. */
  | {
      readonly kind: 'effectors';
      readonly calls: readonly EffectorStep[];
      readonly order: 'sequential' | 'parallel';
      readonly atOnce?: number;
      readonly tolerates?: { readonly missing: boolean; readonly failed: boolean };
    }
  | { readonly kind: 'publish'; readonly values: Readonly<Record<string, Json>> }
  | { readonly kind: 'refused'; readonly problem: string };

export interface EffectorStep {
  readonly entityId: EntityId;
  readonly effector: string;
  readonly parameters: JsonObject;
}

export interface EffectorOutcome {
  /** Null where it went well. */
  readonly problem: string | null;
  readonly result: Json;
  /** Sensors of the entity that it leaves. */
  readonly publish?: Readonly<Record<string, Json>>;
}
