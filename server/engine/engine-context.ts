import type { TaskCall, TaskCause, TaskProgress } from '../domain/entity/task.ts';
import type { ApplicationId, CloudId, EntityId, HostId, TaskId } from '../domain/shared/ids.ts';
import type { Json } from '../domain/shared/json.ts';
import type { BlueprintPlanner } from '../ports/blueprint-planner.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { ContextStore } from '../ports/context-store.ts';
import type { HostProvisioner } from '../ports/host-provisioner.ts';
import type { HostConnector, HostSession } from '../ports/host-session.ts';
import type { Log } from '../ports/log.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Plugins } from '../ports/plugins.ts';
import type { Prober } from '../ports/prober.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { SourceFetcher } from '../ports/source-fetcher.ts';
import type { SensorHistory, Store, TaskLogLine, TaskLogStore } from '../ports/store.ts';
import type { SecretTexts } from './secret-texts.ts';

export interface EngineOptions {
  /** Milliseconds without an answer after which a host is lost. Default 15 000. */
  readonly hostLostAfterMs: number;
  /** Concurrent engine operations a host. Default 8. */
  readonly operationsPerHost: number;
  /** Milliseconds between samples of containers and hosts. Default 1 000. */
  readonly sampleMs: number;
  /** Where hosts reach the console, `https://clocker.example`; null where nobody has said. */
  readonly publicUrl: string | null;
}

/** Everything a controller or command may use. Made once, in `engine.ts`. */
export interface EngineContext {
  readonly store: Store;
  readonly queue: WorkQueue;
  readonly tasks: TaskRunner;
  readonly hosts: HostSessions;
  readonly connector: HostConnector;
  readonly metrics: LiveMetrics;
  readonly sensors: SensorWriter;
  readonly history: SensorHistory;
  readonly taskLogs: TaskLogStore;
  readonly contexts: ContextStore;
  readonly sources: SourceFetcher;
  readonly prober: Prober;
  readonly notifier: Notifier;
  readonly secrets: Secrets;
  readonly secretTexts: SecretTexts;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly plugins: Plugins;
  readonly planner: BlueprintPlanner;
  /** Where machines of Docker clouds come from, by the kind of location. */
  readonly provisioners: ReadonlyMap<string, HostProvisioner>;
  readonly options: EngineOptions;
}

/** `adjunct:<id>`, `feed:<adjunct id>`, `traffic:<entity id>`, `entity:<id>`, `cluster:<id>`, `cloud:<entity id>`, `machine:<entity id>`, `placement:<cloud id>`, `rebalance:<cloud id>`, `state:<id>`, `application:<id>`, `rollout:<id>`, `network:<id>`, `sdn:<host id>`, `volume:<id>`, `snapshot:<id>`, `image:<id>`, `task:<id>`, `host:<id>` */
export type WorkKey = `${string}:${string}`;

export interface WorkQueue {
  /** A handler without a promise has done its work when it returns. */
  register(prefix: string, handler: (id: string, signal: AbortSignal) => Promise<void> | undefined): void;
  /** `user` work passes before `normal`. */
  enqueue(key: WorkKey, priority?: 'user' | 'normal'): void;
  /** Enqueues at a time (milliseconds since the epoch); a sooner time replaces a later one. */
  lookAgain(key: WorkKey, atMs: number): void;
  /** Resolves when nothing is queued or running and no retry is due. */
  idle(): Promise<void>;
  /** No new work is begun; resolves when what runs has ended or was aborted. */
  stop(): Promise<void>;
  readonly size: number;
}

/** Connections to hosts, kept by the host controller. */
export interface HostSessions {
  /** Undefined when the host is not up. */
  ready(hostId: HostId): HostSession | undefined;
  /** Runs at most `operationsPerHost` at once a host, in order of asking. */
  operate<T>(hostId: HostId, operation: (session: HostSession) => Promise<T>): Promise<T>;
}

export interface TaskHandle {
  readonly id: TaskId;
  readonly signal: AbortSignal;
  progress(progress: TaskProgress): void;
  line(stream: TaskLogLine['stream'], text: string): void;
}

export interface TaskStart {
  /** A new one unless given. */
  readonly id?: TaskId;
  readonly name: string;
  readonly cause: TaskCause;
  readonly parentId?: TaskId | null;
  readonly applicationId?: ApplicationId | null;
  readonly entityId?: EntityId | null;
  readonly hostId?: HostId | null;
  readonly cloudId?: CloudId;
  /** For the call of an effector. */
  readonly call?: TaskCall;
}

export interface TaskRunner {
  /** Runs `work` as a visible task; its error is recorded and thrown on. */
  run<T>(start: TaskStart, work: (task: TaskHandle) => Promise<T>): Promise<T>;
  /** A task that is finished by others later (an effector whose work controllers do). */
  open(start: TaskStart): Promise<TaskHandle>;
  finish(taskId: TaskId, outcome: { readonly error?: unknown; readonly result?: Json }): Promise<void>;
  cancel(taskId: TaskId): boolean;
  /** Writes a line into its log. */
  note(taskId: TaskId, text: string): void;
  /** Follows a running task's lines; ends when the task ends. */
  follow(taskId: TaskId, signal: AbortSignal): AsyncIterable<TaskLogLine>;
}

/** Writes sensors that feeds and adjuncts publish. */
export interface SensorWriter {
  /** Numbers are live and in the history at once. `at`: milliseconds since the epoch. A sensor that is null goes. */
  publish(entityId: EntityId, at: number, values: Readonly<Record<string, Json>>): void;
  forget(entityId: EntityId): void;
  /** Resolves when all that was published is in the store, but for numbers that only move. */
  settled(): Promise<void>;
}

/** Latest numeric values, not durable: cpu, memory, rates. */
export interface LiveMetrics {
  latest(subjectId: string): Readonly<Record<string, number>>;
  /** One of them, and when it was recorded last, milliseconds since the epoch. */
  heard(subjectId: string, sensor: string): { readonly value: number; readonly at: number } | undefined;
  record(subjectId: string, at: number, values: Readonly<Record<string, number>>): void;
  /** One sensor that is no number any more, or is there no more. */
  drop(subjectId: string, sensor: string): void;
  forget(subjectId: string): void;
  subscribe(listener: (subjectId: string, at: number, values: Readonly<Record<string, number>>) => void): () => void;
}
