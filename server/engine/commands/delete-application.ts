import type { TaskCause } from '../../domain/entity/task.ts';
import type { ApplicationId, EntityId, TaskId } from '../../domain/shared/ids.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { newId } from '../new-id.ts';
import { pruneTasks } from '../prune-tasks.ts';
import { retireApplicationNetworks } from '../sdn/application-networks.ts';
import { destroySubtree, subtreeOf } from '../subtree.ts';
import { newTask } from '../task-runner.ts';
import { requireApplication } from './require-record.ts';

export interface DeleteInput {
  readonly applicationId: ApplicationId;
  readonly removeVolumes: boolean;
  /** Applications on its Docker clouds: stopped unless they are to be deleted as well. */
  readonly onClouds?: 'stop' | 'delete' | undefined;
}

/** Wants an application gone; its volumes only where `removeVolumes` says so. @throws ClockerError not-found | conflict */
export async function deleteApplication(
  context: EngineContext,
  cause: TaskCause,
  input: DeleteInput,
): Promise<{ readonly taskId: TaskId }> {
  const taskId = newId<'task'>(context.ids);
  const touched: EntityId[] = [];
  await durableCommit('application.destroy', () =>
    context.store.commit((draft) => {
      const { application, root } = requireApplication(draft, input.applicationId);
      const now = context.clock.now();
      retireApplicationNetworks(draft, application.id);
      touched.push(...subtreeOf(draft, root).map((entity) => entity.id));
      destroySubtree(draft, root, { now, taskId, removeVolumes: input.removeVolumes });
      for (const cloud of draft.all('cloud').values()) {
        if (cloud.entityId === undefined || !touched.includes(cloud.entityId) || cloud.closing) continue;
        const closing = { since: now, applications: input.onClouds ?? 'stop', removeVolumes: input.removeVolumes } as const;
        draft.put('cloud', { ...cloud, closing });
      }
      const rollout = application.rolloutId ? draft.get('rollout', application.rolloutId) : undefined;
      if (rollout?.endedAt === null)
        draft.put('rollout', { ...rollout, state: 'failed', message: 'the application was deleted', endedAt: now });
      const start = { name: `Delete ${application.name}`, cause, applicationId: application.id, entityId: root.id };
      draft.put('task', newTask(start, { id: taskId, now, effect: 'destroyed' }));
      pruneTasks(draft);
    }),
  );
  for (const id of touched) context.queue.enqueue(`entity:${id}`, 'user');
  return { taskId };
}
