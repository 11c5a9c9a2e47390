import type { Entity } from '../entity/entity.ts';
import type { EntityId } from '../shared/ids.ts';
import type { Json, JsonObject } from '../shared/json.ts';
import type { MailMessage, WebhookRequest } from './notification.ts';

/**
 * What a policy or enricher does: one pure function from what is known now to what is to be done. It is asked again when something that
 * it watches changes, and at the time that it names itself; being asked once more than needed must change nothing.
 */
export interface AdjunctBehaviour<Config = unknown, Memory = unknown> {
  /** A change of these makes it look again; changes of its own entity always do. */
  watches(config: Config, looking: Looking): readonly Watch[];
  /** True: its memory is committed together with what it decides, and each action is done exactly once whatever crashes. */
  readonly durable?: boolean;
  decide(input: AdjunctInput<Config, Memory>): Decision<Memory>;
  /** What no other policy may write beside it, as `size of <entity id>`. Two that write one thing are refused when saved. */
  writes?(config: Config, looking: Looking): readonly string[];
}

export interface Watch {
  /** `members` of a cluster, or `children`, of the entity that is named; of itself unless given. */
  readonly of: 'entity' | 'members' | 'children';
  readonly entityId?: EntityId;
  /** Names of sensors. A change of goal, state or size of those watched makes it look again in any case. */
  readonly sensors: readonly string[];
}

/** All that it may know. */
export interface Looking {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly self: Entity;
  readonly read: SensorReader;
}

export interface AdjunctInput<Config = unknown, Memory = unknown> extends Looking {
  readonly config: Config;
  /** Of its last decision; undefined before the first, and after a restart unless it is durable. */
  readonly memory: Memory | undefined;
  /** How what it last asked for has ended, each told once; actions that go on as tasks end well once they are begun. */
  readonly outcomes: readonly ActionOutcome[];
}

export interface SensorReader {
  entity(id: string): Entity | undefined;
  /** The entity that a blueprint means by an id: in the application of `self`, the nearest. */
  named(self: Entity, id: string): Entity | undefined;
  /** Of a cluster, those that are to stay, by their slots. */
  members(id: string): readonly Entity[];
  /** Those that are to stay. */
  children(id: string): readonly Entity[];
  sensor(entityId: string, name: string): Reading | undefined;
}

export interface Reading {
  readonly value: Json;
  /** When it was heard last, milliseconds since the epoch; null where it holds until it is said otherwise. */
  readonly at: number | null;
}

export interface Decision<Memory = unknown> {
  /** Absent: as before. */
  readonly memory?: Memory;
  readonly highlight?: Pick<Highlight, 'level' | 'text'>;
  readonly actions?: readonly AdjunctAction[];
  /** Sensors of its entity; null takes one away. */
  readonly publish?: Readonly<Record<string, Json>>;
  /** When what is published was heard, milliseconds since the epoch; now unless given. */
  readonly publishedAt?: number;
  /** Sensors of others. */
  readonly publishOn?: readonly { readonly entityId: EntityId; readonly values: Readonly<Record<string, Json>> }[];
  /** It wants to look again then, whatever happens; milliseconds since the epoch. */
  readonly lookAgainAt?: number;
}

/** What a policy may do: what a person can, by the same commands. `why` is one sentence for people. */
export type AdjunctAction =
  | {
      readonly kind: 'effector';
      readonly entityId: EntityId;
      readonly effector: string;
      readonly parameters?: JsonObject;
      /** Its outcome is how the call ends; otherwise how it begins. Nothing else is decided meanwhile. */
      readonly awaited?: true;
      readonly why: string;
    }
  /** Puts an entity on fire with a reason, or takes that back (text null). */
  | { readonly kind: 'problem'; readonly entityId: EntityId; readonly code: string; readonly text: string | null; readonly why: string }
  /** Told to people elsewhere. Told again, after a crash, it has the same id. */
  | { readonly kind: 'webhook'; readonly request: WebhookRequest; readonly why: string }
  | { readonly kind: 'mail'; readonly message: MailMessage; readonly why: string }
  /** Of the entity itself, by their keys. */
  | { readonly kind: 'suspend' | 'resume'; readonly key: string; readonly why: string };

export interface ActionOutcome {
  readonly action: AdjunctAction;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Null when it went well. */
  readonly problem: string | null;
}

export interface Highlight {
  /**
   * `ok` it watches, and nothing is to be done; `acts` it has just acted, or is about to; `frozen` it does nothing because something is
   * missing or wrong; `failed` its own work failed.
   */
  readonly level: 'ok' | 'acts' | 'frozen' | 'failed';
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}
