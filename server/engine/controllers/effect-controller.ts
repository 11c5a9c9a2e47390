import type { Entity } from '../../domain/entity/entity.ts';
import { isCompleted } from '../../domain/entity/service-state.ts';
import type { Task } from '../../domain/entity/task.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { StoreView } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';

type Outcome = 'pending' | 'reached' | { readonly error: ClockerError };

/** Ends the task of an effector call when its effect is reached on every entity that carries the task (key `task:<id>`). */
export function registerEffectController(context: EngineContext): void {
  context.queue.register('task', async (id) => {
    const task = context.store.view.get('task', id);
    if (task?.status !== 'running' || task.effect === null) return;
    const outcome = outcomeOf(context, task);
    if (outcome !== 'pending') await context.tasks.finish(task.id, outcome === 'reached' ? {} : outcome);
  });
}

function outcomeOf(context: EngineContext, task: Task): Outcome {
  const { view } = context.store;
  if (task.effect === 'rolled-out') return rolloutOutcome(view, task);
  if (task.effect === 'drained') return view.get('host', task.hostId ?? '')?.drain?.taskId === task.id ? 'pending' : 'reached';
  if (task.effect === 'rebalanced') return view.get('cloud', task.cloudId ?? '')?.rebalance?.taskId === task.id ? 'pending' : 'reached';
  const carriers = task.applicationId ? view.entitiesOf(task.applicationId).filter((entity) => entity.taskId === task.id) : [];
  if (carriers.length === 0) {
    if (task.effect === 'destroyed') return 'reached';
    return { error: new ClockerError('cancelled', { message: `${task.name} was overtaken by another call` }) };
  }
  switch (task.effect) {
    case 'destroyed':
      return 'pending';
    case 'stopped':
      return carriers.every((entity) => entity.actual === 'STOPPED' || entity.goal !== 'stopped') ? 'reached' : 'pending';
    default:
      return runningOutcome(context, carriers);
  }
}

function rolloutOutcome(view: StoreView, task: Task): Outcome {
  const rollout = [...view.all('rollout').values()].find((one) => one.taskId === task.id);
  if (!rollout) return { error: new ClockerError('cancelled', { message: `${task.name} was overtaken: the application is gone` }) };
  if (rollout.endedAt === null) return 'pending';
  if (rollout.state === 'done') return 'reached';
  const what = rollout.state === 'reverted' ? 'was reverted' : 'failed';
  return { error: new ClockerError('container.not-ready', { message: `Generation ${rollout.to} ${what}: ${rollout.message}` }) };
}

function runningOutcome(context: EngineContext, carriers: readonly Entity[]): Outcome {
  if (!carriers.every((entity) => isSettled(context, entity))) return 'pending';
  const burning = carriers.filter((entity) => entity.goal === 'running' && entity.actual === 'ON_FIRE');
  if (burning.length === 0) return 'reached';
  // An application or cluster burns because of its members: those are what to name.
  const causes = burning.filter((entity) => entity.size === null && entity.parentId !== null);
  const named = causes.length > 0 ? causes : burning;
  const shown = named.slice(0, 3).map(reasonOf).join('; ');
  const hint = 'The engine goes on trying; see the problems of the entities.';
  return {
    error: new ClockerError('container.not-ready', { message: `${named.length} not up. ${shown}${named.length > 3 ? '; …' : ''}`, hint }),
  };
}

function isSettled({ store }: EngineContext, entity: Entity): boolean {
  if (entity.goal === 'destroyed') return false;
  if (entity.goal === 'stopped') return entity.actual === 'STOPPED';
  if (entity.moveFrom !== undefined) return false;
  if (entity.actual === 'ON_FIRE') return true;
  if (entity.actual !== 'RUNNING' && !isCompleted(entity)) return false;
  if (entity.size !== null) {
    const members = store.view.childrenOf(entity.id).filter((child) => child.slot !== null && child.goal !== 'destroyed');
    return members.length === entity.size;
  }
  const instance = entity.instanceId ? store.view.get('instance', entity.instanceId) : undefined;
  // Its state is of the one before, and is looked at again in a moment.
  if (instance?.state === 'planned' || instance?.state === 'created') return false;
  return !instance || instance.restartSerial >= entity.restartSerial;
}

function reasonOf(entity: Entity): string {
  const [problem] = Object.values(entity.problems);
  return `${entity.name}: ${problem ?? entity.actual}`;
}
