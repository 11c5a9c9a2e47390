import type { Task, TaskEffect, TaskProgress } from '../domain/entity/task.ts';
import { ClockerError, toClockerError, toErrorView } from '../domain/shared/clocker-error.ts';
import type { TaskId } from '../domain/shared/ids.ts';
import type { Json } from '../domain/shared/json.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Draft, Store, TaskLogStore } from '../ports/store.ts';
import type { TaskHandle, TaskRunner, TaskStart } from './engine-context.ts';
import { newId } from './new-id.ts';
import { pruneTasks } from './prune-tasks.ts';
import { createTaskLines } from './task-lines.ts';

export interface TaskRunnerOptions {
  readonly store: Store;
  readonly taskLogs: TaskLogStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/** Progress is shown at most so often. Milliseconds. */
const PROGRESS_MS = 200;

/** Visible work: a durable row when it begins and when it ends, progress and log lines while it goes on. */
export function createTaskRunner(options: TaskRunnerOptions): TaskRunner {
  const { store, clock, ids, log } = options;
  const lines = createTaskLines(options.taskLogs, clock);
  const aborters = new Map<TaskId, AbortController>();

  function begin(start: TaskStart): { readonly handle: TaskHandle; readonly started: Promise<Settled<unknown>> } {
    const task = newTask(start, { id: start.id ?? newId<'task'>(ids), now: clock.now(), effect: null });
    const aborter = new AbortController();
    aborters.set(task.id, aborter);
    const started = settled(
      store.commit((draft) => {
        draft.put('task', task);
        pruneTasks(draft);
      }),
    );
    return { handle: toHandle(task, aborter.signal), started };
  }

  function toHandle(task: Task, signal: AbortSignal): TaskHandle {
    let shownAt = Number.NEGATIVE_INFINITY;
    return {
      id: task.id,
      signal,
      progress(progress) {
        const now = clock.now();
        if (now - shownAt < PROGRESS_MS && progress.fraction !== 1) return;
        shownAt = now;
        const current = store.view.get('task', task.id);
        if (current?.status === 'running') store.showVolatile('task', { ...current, progress });
      },
      line(stream, text) {
        lines.append(task.id, stream, text);
        const current = store.view.get('task', task.id);
        if (current?.status === 'running' && !current.hasLog) store.showVolatile('task', { ...current, hasLog: true });
      },
    };
  }

  async function finish(id: TaskId, { error, result }: { readonly error?: unknown; readonly result?: Json }): Promise<void> {
    const failure = error === undefined ? null : toClockerError(error);
    if (failure) lines.append(id, 'info', failure.message);
    await store.commit((draft) =>
      endTask(draft, id, { failure, now: clock.now(), hasLog: lines.has(id), ...(result === undefined ? {} : { result }) }),
    );
    aborters.delete(id);
    lines.end(id);
  }

  return {
    async run(start, work) {
      const { handle, started } = begin(start);
      const outcome = await settled(work(handle));
      throwIfFailed(await started);
      await finish(handle.id, outcome.ok ? {} : { error: outcome.error });
      if (outcome.ok) return outcome.value;
      log.debug('task failed', { taskId: handle.id, task: start.name, error: toErrorView(outcome.error) });
      throw outcome.error;
    },
    async open(start) {
      const { handle, started } = begin(start);
      throwIfFailed(await started);
      return handle;
    },
    finish,
    cancel(id) {
      const aborter = aborters.get(id);
      aborter?.abort(new ClockerError('cancelled', { message: 'Cancelled by the operator' }));
      return aborter !== undefined;
    },
    note: (id, text) => lines.append(id, 'info', text),
    follow: (id, signal) => lines.follow(id, signal, () => store.view.get('task', id)?.status === 'running'),
  };
}

/** The row of a task that begins now. */
export function newTask(start: TaskStart, given: { readonly id: TaskId; readonly now: number; readonly effect: TaskEffect | null }): Task {
  return {
    id: given.id,
    parentId: start.parentId ?? null,
    applicationId: start.applicationId ?? null,
    entityId: start.entityId ?? null,
    hostId: start.hostId ?? null,
    ...(start.cloudId === undefined ? {} : { cloudId: start.cloudId }),
    name: start.name,
    cause: start.cause,
    status: 'running',
    progress: null,
    startedAt: given.now,
    endedAt: null,
    error: null,
    hasLog: false,
    effect: given.effect,
    ...(start.call === undefined ? {} : { call: start.call }),
  };
}

interface TaskEnd {
  readonly failure: ClockerError | null;
  readonly now: number;
  readonly hasLog?: boolean;
  readonly result?: Json;
}

/** Ends the row of a task that runs still. For a commit that ends what the task is about; `finish` has to follow. */
export function endTask(draft: Draft, id: TaskId, { failure, now, hasLog, result }: TaskEnd): void {
  const task = draft.get('task', id);
  if (task?.status !== 'running') return;
  const status = failure === null ? 'done' : failure.code === 'cancelled' ? 'cancelled' : 'failed';
  const error = failure && toErrorView(failure);
  const ended = { ...task, status, progress: null, endedAt: now, error, hasLog: hasLog ?? task.hasLog } as const;
  draft.put('task', result === undefined ? ended : { ...ended, result });
}

/** Of long work that the store has: told where it is another than before. */
export async function commitProgress(store: Store, id: TaskId, progress: TaskProgress): Promise<void> {
  const task = store.view.get('task', id);
  if (task?.status !== 'running' || (task.progress?.text === progress.text && task.progress.fraction === progress.fraction)) return;
  await store.commit((draft) => {
    const latest = draft.get('task', id);
    if (latest?.status === 'running') draft.put('task', { ...latest, progress });
  });
}

type Settled<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

async function settled<T>(work: Promise<T>): Promise<Settled<T>> {
  try {
    return { ok: true, value: await work };
  } catch (error) {
    return { ok: false, error };
  }
}

function throwIfFailed(outcome: Settled<unknown>): void {
  if (!outcome.ok) throw outcome.error;
}
