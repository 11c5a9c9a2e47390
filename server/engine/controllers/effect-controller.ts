import { failedStart } from '../../domain/cluster/failed-start.ts';
import { isMember } from '../../domain/cluster/members.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import { isCompleted, isEntityUp } from '../../domain/entity/service-state.ts';
import type { Task } from '../../domain/entity/task.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { StoreView } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';
import { GROWTH, initialQuorumOf } from '../set-aside.ts';
import { subtreeOf } from '../subtree.ts';

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
      return runningOutcome(context, task, carriers);
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

function runningOutcome(context: EngineContext, task: Task, carriers: readonly Entity[]): Outcome {
  if (!carriers.every((entity) => isSettled(context, entity))) return 'pending';
  const isGrowth = GROWTH.includes(task.call?.effector ?? '');
  const aside = isGrowth ? carriers.find(({ quarantine }) => quarantine !== undefined) : undefined;
  if (aside) return { error: inQuarantine(aside) };
  const burning = carriers.filter((entity) => {
    return entity.goal === 'running' && entity.actual === 'ON_FIRE' && (isGrowth || !isSpared(context, entity));
  });
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

function inQuarantine({ name, quarantine }: Entity): ClockerError {
  return new ClockerError('container.not-ready', {
    message: `${name} did not come up and is in quarantine. ${quarantine?.reason ?? ''}`,
    hint: 'Look at it there, then start it again, or expunge it and resize the cluster.',
  });
}

/** A start of a cluster has succeeded once its initial quorum is up, whatever becomes of the other members. */
function isSpared(context: EngineContext, entity: Entity): boolean {
  const { view } = context.store;
  for (let at: Entity | undefined = entity; at?.parentId != null; at = view.get('entity', at.parentId)) {
    const cluster = at.slot === null ? undefined : view.get('entity', at.parentId);
    if (cluster === undefined || cluster.size === null) continue;
    const up = view.childrenOf(cluster.id).filter((child) => isMember(child) && isEntityUp(child)).length;
    return up > 0 && up >= initialQuorumOf(context, view, cluster);
  }
  return false;
}

function isSettled({ store }: EngineContext, entity: Entity): boolean {
  // It is about to be set aside, and its cluster judged without it.
  if (isMember(entity) && failedStart(entity, subtreeOf(store.view, entity)) !== null) return false;
  if (entity.goal === 'destroyed') return false;
  if (entity.goal === 'stopped') return entity.actual === 'STOPPED';
  if (entity.moveFrom !== undefined) return false;
  if (entity.actual === 'ON_FIRE') return true;
  if (entity.actual !== 'RUNNING' && !isCompleted(entity)) return false;
  if (entity.size !== null) {
    const members = store.view.childrenOf(entity.id).filter((child) => isMember(child) && child.goal !== 'destroyed');
    return members.length === entity.size && members.every(({ awaitsRestart }) => awaitsRestart === undefined);
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
