import type { ConfigMap } from '../blueprint/config-value.ts';
import type { AdjunctSpec, EntitySpec } from '../entity/entity-spec.ts';
import type { ApplicationId, EntityId } from '../shared/ids.ts';
import type { Json } from '../shared/json.ts';
import type { AdjunctAction, Highlight } from './behaviour.ts';

export type AttachedKind = 'policy' | 'enricher' | 'initializer';

/**
 * What there is to know of a policy, enricher or initializer of an entity beyond its blueprint: what operators have changed, what it
 * remembers, and what it says now. Absent while there is nothing. Record id: see `adjunctId`.
 */
export interface Adjunct {
  readonly id: string;
  readonly applicationId: ApplicationId;
  readonly entityId: EntityId;
  /** Tells it from the others of its entity, and stays the same from one version of the blueprint to the next. */
  readonly key: string;
  readonly kind: AttachedKind;
  /** Of one that an operator has attached: it stands in no blueprint. */
  readonly spec?: AdjunctSpec;
  /** What operators have changed, by config key; wins over the blueprint. */
  readonly config?: ConfigMap;
  readonly suspended?: Suspension;
  /** What it remembers beyond a restart of the console. */
  readonly memory?: Json;
  /** Decided with `memory` and not done yet: a crash in between loses none and does none twice. */
  readonly pending?: readonly PendingAction[];
  /** What it sees, in one sentence. Shown, not durable. */
  readonly highlight?: Highlight;
}

export interface Suspension {
  /** A user; or the policy itself, where it has acted too often. */
  readonly by: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Empty where no reason was given. */
  readonly why: string;
}

export interface PendingAction {
  /** Id of the task that it becomes. */
  readonly taskId: string;
  readonly action: AdjunctAction;
}

/** One of the adjuncts that an entity has now. */
export interface AttachedAdjunct {
  readonly id: string;
  readonly key: string;
  readonly kind: AttachedKind;
  readonly spec: AdjunctSpec;
}

export function adjunctId(entityId: EntityId, key: string): string {
  return `${entityId}:${key}`;
}

/** Those of its blueprint in their order, then those that operators have attached. */
export function attachedTo(entityId: EntityId, spec: EntitySpec, records: readonly Adjunct[]): readonly AttachedAdjunct[] {
  const used = new Map<string, number>();
  const named = (kind: AttachedKind, specs: readonly AdjunctSpec[] | undefined): readonly AttachedAdjunct[] =>
    (specs ?? []).map((each) => {
      const name = each.id ?? each.type;
      const count = (used.get(name) ?? 0) + 1;
      used.set(name, count);
      const key = count === 1 ? name : `${name}#${count}`;
      return { id: adjunctId(entityId, key), key, kind, spec: each };
    });
  const written = [...named('initializer', spec.initializers), ...named('enricher', spec.enrichers), ...named('policy', spec.policies)];
  const keys = new Set(written.map(({ key }) => key));
  const added = records.flatMap(({ id, key, kind, spec: own }) =>
    own === undefined || keys.has(key) ? [] : [{ id, key, kind, spec: own }],
  );
  return [...written, ...added];
}

/** What counts, not evaluated: that of the blueprint, and over it what operators have changed. */
export function givenConfig({ spec }: Pick<AttachedAdjunct, 'spec'>, record: Pick<Adjunct, 'config'> | undefined): ConfigMap {
  return { ...spec.config, ...record?.config };
}
