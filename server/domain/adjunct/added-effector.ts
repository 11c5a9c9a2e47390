import type { EffectorDefinition } from '../entity-types/type-members.ts';
import type { EntityId } from '../shared/ids.ts';
import type { Json, JsonObject } from '../shared/json.ts';
import type { Looking } from './behaviour.ts';
import type { Probe } from './feed.ts';

/** An operation that a blueprint adds to an entity. */
export interface AddedEffector<Config = unknown> {
  definition(config: Config): EffectorDefinition;
  /** `parameters` have passed the schema of the definition. */
  run(config: Config, parameters: JsonObject, looking: Looking): EffectorRun;
}

export type EffectorRun =
  /** A command where the entity runs, or a request. `publish`: what the answer (see `feed.ts`) leaves as sensors. */
  | {
      readonly kind: 'probe';
      readonly probe: Extract<Probe, { readonly kind: 'command' | 'http' }>;
      readonly timeoutMs: number;
      readonly resultSensor?: string;
    }
  /** Other effectors, one after the other or at once; the first that fails ends it. */
  | { readonly kind: 'effectors'; readonly calls: readonly EffectorStep[]; readonly order: 'sequential' | 'parallel' }
  | { readonly kind: 'publish'; readonly values: Readonly<Record<string, Json>> }
  | { readonly kind: 'refused'; readonly problem: string };

export interface EffectorStep {
  readonly entityId: EntityId;
  readonly effector: string;
  readonly parameters: JsonObject;
}
