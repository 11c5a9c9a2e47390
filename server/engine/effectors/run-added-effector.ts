import type { AddedEffector, EffectorRun, EffectorStep } from '../../domain/adjunct/added-effector.ts';
import { givenConfig } from '../../domain/adjunct/adjunct.ts';
import { coerceParameters } from '../../domain/adjunct/effector-definition.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { TaskCause } from '../../domain/entity/task.ts';
import { ClockerError, toClockerError } from '../../domain/shared/clocker-error.ts';
import type { TaskId } from '../../domain/shared/ids.ts';
import { isJsonObject, type Json, type JsonObject } from '../../domain/shared/json.ts';
import { evaluateSettings } from '../adjuncts/adjunct-settings.ts';
import { createSensorReader } from '../adjuncts/sensor-reader.ts';
import { cancelTask } from '../commands/cancel-task.ts';
import type { EffectorTask } from '../commands/entity-effectors.ts';
import type { EngineContext, TaskHandle } from '../engine-context.ts';
import { askProbe } from '../feeds/ask-probe.ts';
import { requireDone, taskEnd } from '../queries/task-end.ts';
import type { FoundEffector } from './added-effectors.ts';

/** A result that is longer is cut: the whole is in the log. */
const LONGEST_RESULT = 64 * 1024;

export interface EffectorCalling {
  readonly cause: TaskCause;
  readonly entity: Entity;
  readonly found: FoundEffector;
  readonly parameters: unknown;
  readonly taskId?: TaskId | undefined;
  readonly parentId?: TaskId | undefined;
  /** `<entity id> <effector>` of what has called it, outermost first. */
  readonly via: readonly string[];
  /** How other effectors are called. */
  readonly call: (
    step: EffectorStep & { readonly cause: TaskCause; readonly parentId: TaskId; readonly via: readonly string[] },
  ) => Promise<EffectorTask>;
}

interface Running extends EffectorCalling {
  readonly context: EngineContext;
  readonly task: TaskHandle;
  readonly config: unknown;
}

/**
 * Begins an effector that was added to an entity, and gives the task that it is. Called again by the same id it does nothing: after a crash in
 * between it is not done twice. @throws ClockerError input.invalid (parameters) | conflict (its config is not known yet)
 */
export async function runAddedEffector(context: EngineContext, calling: EffectorCalling): Promise<EffectorTask> {
  const { entity, found, cause, taskId, parentId } = calling;
  if (taskId !== undefined && context.store.view.get('task', taskId)) return { taskId };
  const { spec, id } = found.attached;
  const config = givenConfig(found.attached, context.store.view.get('adjunct', id));
  const settings = evaluateSettings(context, entity, { type: spec.type, config });
  if (!settings.ok) throw new ClockerError('conflict', { message: `${found.naming.name} of ${entity.name} cannot run: ${settings.why}` });
  const task = await context.tasks.open({
    name: `Call ${found.naming.name} of ${entity.name}`,
    cause,
    applicationId: entity.applicationId,
    entityId: entity.id,
    parentId: parentId ?? null,
    call: { effector: found.naming.name, parameters: isJsonObject(calling.parameters) ? calling.parameters : {} },
    ...(taskId === undefined ? {} : { id: taskId }),
  });
  void finish({ ...calling, context, task, config: settings.config });
  return { taskId: task.id };
}

async function finish(running: Running): Promise<void> {
  const { context, task } = running;
  try {
    const result = await perform(running);
    await context.tasks.finish(task.id, result === undefined ? {} : { result: bounded(result) });
  } catch (error) {
    await context.tasks.finish(task.id, { error: task.signal.aborted ? task.signal.reason : error });
  }
}

async function perform(running: Running): Promise<Json | undefined> {
  const { context, found, entity, config, task } = running;
  const { effector, naming } = found;
  const now = context.clock.now();
  const looking = { now, self: entity, read: createSensorReader(context.store.view, context.metrics) };
  // Defaults may be expressions: the definition is made anew with what they give.
  const resolved = { ...naming, ...(config as Partial<typeof naming>) };
  const parameters = effector.definition(resolved).parameters.parse(coerceParameters(running.parameters, resolved)) as JsonObject;
  const run = effector.run(config, parameters, looking);
  switch (run.kind) {
    case 'refused':
      throw new ClockerError('conflict', { message: `${naming.name} cannot run: ${run.problem}` });
    case 'publish':
      context.sensors.publish(entity.id, now, run.values);
      return undefined;
    case 'probe':
      return await ask(running, effector, run);
    case 'effectors':
      await callAll(running, run);
      task.line('info', `Called ${run.calls.length} effectors`);
      return undefined;
  }
}

async function ask(
  running: Running,
  effector: AddedEffector,
  { probe, timeoutMs, on }: Extract<EffectorRun, { kind: 'probe' }>,
): Promise<Json> {
  const { context, entity, task, found } = running;
  const places = on === undefined ? [entity] : on.flatMap((id) => context.store.view.get('entity', id) ?? []);
  const results: Json[] = [];
  for (const place of places) {
    if (on !== undefined) task.line('info', `At ${place.name}`);
    const asking = { context, entity: place, adjunctId: found.attached.id, timeoutMs, signal: task.signal };
    const answer = await askProbe(probe, { ...asking, onLine: (stream, line) => task.line(stream, line) });
    task.signal.throwIfAborted();
    if (answer.kind === 'failed') throw failed(running, answer.problem);
    if (answer.kind === 'http')
      task.line('info', `HTTP ${answer.status}, ${answer.body.length} characters in ${Math.round(answer.tookMs)} ms`);
    const { problem, result, publish } = effector.outcome?.(running.config, answer) ?? { problem: null, result: null };
    if (problem !== null) throw failed(running, problem);
    if (publish) context.sensors.publish(entity.id, answer.at, publish);
    results.push(result);
  }
  return on === undefined ? (results[0] ?? null) : results;
}

function failed({ found, entity }: Running, problem: string): ClockerError {
  const message = `${found.naming.name} of ${entity.name} has failed: ${problem}`;
  return new ClockerError('conflict', { message, hint: 'What it wrote is in the log of its task.' });
}

type Calls = Extract<EffectorRun, { kind: 'effectors' }>;

async function callAll(running: Running, { calls, order, atOnce, tolerates }: Calls): Promise<void> {
  const size = order === 'sequential' ? 1 : (atOnce ?? Math.max(1, calls.length));
  for (let from = 0; from < calls.length; from += size) {
    running.task.signal.throwIfAborted();
    const lot = await Promise.allSettled(calls.slice(from, from + size).map((step) => callOne(running, step)));
    for (const each of lot) {
      if (each.status === 'fulfilled') continue;
      const error = toClockerError(each.reason);
      const isMissing = error.code === 'not-found';
      if (tolerates === undefined || !(isMissing ? tolerates.missing : tolerates.failed)) throw error;
      running.task.line('info', error.message);
    }
  }
}

/** Calls one and waits for its task. */
async function callOne({ context, cause, entity, found, via, call, task }: Running, step: EffectorStep): Promise<void> {
  const own = `${entity.id} ${found.naming.name}`;
  const { taskId } = await call({ ...step, cause, parentId: task.id, via: [...via, own] });
  const ended = await taskEnd(context, { taskId, signal: task.signal });
  if (task.signal.aborted && ended?.status === 'running') {
    await cancelTask(context, { taskId }).catch((error: unknown) => task.line('info', toClockerError(error).message));
  }
  task.signal.throwIfAborted();
  requireDone(ended, step.effector);
}

function bounded(result: Json): Json {
  const text = typeof result === 'string' ? result : JSON.stringify(result);
  return text.length <= LONGEST_RESULT ? result : `${text.slice(0, LONGEST_RESULT)} …`;
}
