import type { ErrorView } from '../shared/clocker-error.ts';
import type { ApplicationId, CloudId, EntityId, HostId, TaskId } from '../shared/ids.ts';
import type { Json, JsonObject } from '../shared/json.ts';

export interface TaskCause {
  readonly kind: 'user' | 'policy' | 'controller';
  /** User name, policy or controller. */
  readonly by: string;
}

/** Something done or being done: an effector call or one of its steps. Children are found by `parentId`. */
export interface Task {
  readonly id: TaskId;
  readonly parentId: TaskId | null;
  readonly applicationId: ApplicationId | null;
  readonly entityId: EntityId | null;
  readonly hostId: HostId | null;
  /** Of a whole cloud; absent for all others. */
  readonly cloudId?: CloudId;
  /** `Pull haproxy:2.6`, `Start container` */
  readonly name: string;
  readonly cause: TaskCause;
  readonly status: 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';
  readonly progress: TaskProgress | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly error: ErrorView | null;
  /** True when a log stream is kept for it (see `Store.taskLog`). */
  readonly hasLog: boolean;
  /** For an effector call: what must be reached on the entities that carry this task before it ends. Null for a step. */
  readonly effect: TaskEffect | null;
  /** What an effector has given; absent where it gives nothing. */
  readonly result?: Json;
  /** The effector that was called, so that it can be called again. Absent for all else. */
  readonly call?: TaskCall;
}

export interface TaskCall {
  readonly effector: string;
  readonly parameters: JsonObject;
}

/** `running`: each is up or has failed; `stopped`: each is stopped; `destroyed`: none is left; `rolled-out`: the rollout has ended; `drained`: its host is, as far as may be; `rebalanced`: no move of its cloud is left. */
export type TaskEffect = 'running' | 'stopped' | 'destroyed' | 'rolled-out' | 'drained' | 'rebalanced';

export interface TaskProgress {
  readonly text: string;
  /** 0-1; null when the end is not known. */
  readonly fraction: number | null;
  /** How many parts there are, where they are counted. */
  readonly total?: number;
  /** Layers of an image pull, in order of appearance. */
  readonly layers?: readonly LayerProgress[];
}

export interface LayerProgress {
  readonly id: string;
  readonly status: string;
  readonly currentBytes: number | null;
  readonly totalBytes: number | null;
}
