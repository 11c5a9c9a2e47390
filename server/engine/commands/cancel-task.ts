import { isMember } from '../../domain/cluster/members.ts';
import { placesOf } from '../../domain/cluster/plan-members.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { Task } from '../../domain/entity/task.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { TaskId } from '../../domain/shared/ids.ts';
import type { Draft } from '../../ports/store.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { withoutMove } from '../move-marks.ts';
import { isAtOrBelow, keepRunning } from '../restart-members.ts';
import { destroySubtree } from '../subtree.ts';
import { endTask } from '../task-runner.ts';
import { cancelDrain } from './hosts/drain-host.ts';
import { cancelRebalance } from './hosts/rebalance-cloud.ts';

/**
 * Cancels what is under way. A step is aborted and, unless its goal changes, tried again later. Of a start or resize, what is not up yet
 * is given up: members that were being added go, other entities are stopped. What is up stays.
 * @throws ClockerError not-found | conflict (it has ended, or cannot be cancelled)
 */
export async function cancelTask(context: EngineContext, { taskId }: { readonly taskId: TaskId }): Promise<void> {
  const task = context.store.view.get('task', taskId);
  if (!task) throw new ClockerError('not-found', { message: `There is no task ${taskId}` });
  if (task.status !== 'running') throw new ClockerError('conflict', { message: `${task.name} has ended already` });
  if (task.effect === null) {
    if (!context.tasks.cancel(taskId)) throw new ClockerError('conflict', { message: `${task.name} cannot be cancelled now` });
    return;
  }
  if (task.effect === 'drained') {
    if (task.hostId) await cancelDrain(context, { hostId: task.hostId });
    return;
  }
  if (task.effect === 'rebalanced') {
    await cancelRebalance(context, { taskId });
    return;
  }
  if (task.effect !== 'running') {
    throw new ClockerError('conflict', {
      message: `${task.name} cannot be cancelled`,
      hint: task.effect === 'rolled-out' ? 'Restore an earlier generation instead.' : 'Start the entity again once it is stopped.',
    });
  }
  const failure = new ClockerError('cancelled', { message: `${task.name} was cancelled` });
  const now = context.clock.now();
  await durableCommit('task.cancel', () =>
    context.store.commit((draft) => {
      giveUp(draft, task, now);
      endTask(draft, task.id, { failure, now });
    }),
  );
  for (const child of context.store.view.all('task').values()) {
    if (child.parentId === task.id && child.status === 'running') context.tasks.cancel(child.id);
  }
  await context.tasks.finish(task.id, { error: failure });
}

function giveUp(draft: Draft, task: Task, now: number): void {
  if (!task.applicationId) return;
  for (const entity of draft.entitiesOf(task.applicationId)) {
    if (entity.awaitsRestart && isAtOrBelow(draft, entity, ({ taskId }) => taskId === task.id)) keepRunning(draft, [entity]);
    if (entity.moveFrom !== undefined && entity.taskId === task.id) draft.put('entity', withoutMove(entity));
  }
  const unfinished = draft.entitiesOf(task.applicationId).filter((entity) => entity.taskId === task.id && entity.actual !== 'RUNNING');
  for (const entity of unfinished) {
    const latest = draft.get('entity', entity.id);
    if (latest?.goal !== 'running') continue;
    if (isNewMember(latest)) destroySubtree(draft, latest, { now, taskId: task.id, removeVolumes: false });
    else if (latest.size === null) draft.put('entity', { ...latest, goal: 'stopped', expected: { state: 'STOPPED', at: now } });
  }
  for (const cluster of draft.entitiesOf(task.applicationId)) {
    if (cluster.taskId !== task.id || cluster.size === null) continue;
    const staying = draft.childrenOf(cluster.id).filter((child) => isMember(child) && child.goal !== 'destroyed');
    draft.put('entity', { ...cluster, size: placesOf(staying).length });
  }
}

function isNewMember(entity: Entity): boolean {
  return entity.slot !== null && entity.incarnation <= 1 && entity.wasUp !== true;
}
