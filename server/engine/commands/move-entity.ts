import { cloudOfHost } from '../../domain/cloud/cloud-of-host.ts';
import type { TaskCause } from '../../domain/entity/task.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { EntityId, HostId, TaskId } from '../../domain/shared/ids.ts';
import type { Draft } from '../../ports/store.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { markMoves } from '../move-marks.ts';
import { newId } from '../new-id.ts';
import { pruneTasks } from '../prune-tasks.ts';
import { moveTargets } from '../queries/move-targets.ts';
import { type MovingGroup, movingGroup } from '../queries/moving-group.ts';
import { newTask } from '../task-runner.ts';

export interface MoveInput {
  readonly entityId: EntityId;
  /** The host that it is to go to; absent: any other. */
  readonly toHostId?: HostId | undefined;
}

/**
 * Moves an entity to another host, with those that have to be on one host with it: each container starts there before it stops here, unless it keeps its
 * address: then it stops once all that it needs is there. Where the host takes it no more when its turn comes, it waits, and serves where it is.
 * @throws ClockerError not-found | conflict (it has no container, its data keeps it, or the host does not take it)
 */
export async function moveEntity(
  context: EngineContext,
  cause: TaskCause,
  { entityId, toHostId }: MoveInput,
): Promise<{ readonly taskId: TaskId }> {
  if (toHostId !== undefined) requireTarget(context, { entityId, toHostId });
  return await durableCommit('entity.move', () =>
    context.store.commit((draft) => {
      const group = movingGroup(context, draft, entityId);
      const [first] = group.members;
      if (first === undefined) throw new ClockerError('conflict', { message: 'There is nothing to move' });
      const { entity } = first;
      const taskId = newId<'task'>(context.ids);
      const ids = group.members.map((one) => one.entity.id);
      markMoves(draft, ids, { from: group.host.id, to: toHostId, taskId });
      const start = { name: nameOf(draft, group, { name: entity.name, toHostId }), cause, applicationId: entity.applicationId, entityId };
      draft.put('task', newTask(start, { id: taskId, now: context.clock.now(), effect: 'running' }));
      pruneTasks(draft);
      return { taskId };
    }),
  );
}

function nameOf(draft: Draft, { host }: MovingGroup, { name, toHostId }: { readonly name: string; readonly toHostId: HostId | undefined }) {
  const to = toHostId === undefined ? undefined : draft.get('host', toHostId);
  return to ? `Move ${name} from ${host.name} to ${to.name}` : `Move ${name} away from ${host.name}`;
}

/** @throws ClockerError not-found | conflict */
function requireTarget(context: EngineContext, { entityId, toHostId }: { readonly entityId: EntityId; readonly toHostId: HostId }): void {
  const { view } = context.store;
  const { host } = movingGroup(context, view, entityId);
  const name = view.get('entity', entityId)?.name ?? 'The entity';
  const to = view.get('host', toHostId);
  if (!to) throw new ClockerError('not-found', { message: `There is no host ${toHostId}` });
  if (to.id === host.id) throw new ClockerError('conflict', { message: `${name} is on ${host.name} already` });
  if (to.cloudId !== host.cloudId) {
    const hint = `Choose another host of ${cloudOfHost(view, host)?.name ?? 'its cloud'}.`;
    throw new ClockerError('conflict', { message: `${to.name} belongs to another cloud than ${name}`, hint });
  }
  const [target] = moveTargets(context, { entityId, only: toHostId }).hosts;
  if (target?.reason) {
    const hint = 'Choose another host, or let placement choose one.';
    throw new ClockerError('conflict', { message: `${to.name} does not take ${name}: ${target.reason}`, hint });
  }
}
