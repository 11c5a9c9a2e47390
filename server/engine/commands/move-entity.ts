import type { TaskCause } from '../../domain/entity/task.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { EntityId, TaskId } from '../../domain/shared/ids.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { newId } from '../new-id.ts';
import { pruneTasks } from '../prune-tasks.ts';
import { drainPreview } from '../queries/drain-preview.ts';
import { newTask } from '../task-runner.ts';
import { requireEntity } from './require-record.ts';

/**
 * Moves an entity to another host, with those that have to be on one host with it: each container starts there before it stops here.
 * @throws ClockerError not-found | conflict (it has no container, or its data keeps it)
 */
export async function moveEntity(
  context: EngineContext,
  cause: TaskCause,
  { entityId }: { readonly entityId: EntityId },
): Promise<{ readonly taskId: TaskId }> {
  return await durableCommit('entity.move', () =>
    context.store.commit((draft) => {
      const entity = requireEntity(draft, entityId);
      const instance = entity.instanceId ? draft.get('instance', entity.instanceId) : undefined;
      const host = instance && draft.get('host', instance.hostId);
      if (!host) throw new ClockerError('conflict', { message: `${entity.name} has no container to move` });
      const all = drainPreview(context, draft, host);
      const own = all.find((one) => one.entity.id === entity.id);
      if (!own?.verdict.leaves) {
        throw new ClockerError('conflict', {
          message: `${entity.name} cannot be moved: it ${own?.verdict.leaves === false ? own.verdict.why : 'is on its way out'}`,
        });
      }
      const taskId = newId<'task'>(context.ids);
      const together = new Set<EntityId>([entity.id, ...own.group]);
      for (const one of all) {
        if (together.has(one.entity.id) && one.verdict.leaves) draft.put('entity', { ...one.entity, moveFrom: host.id, taskId });
      }
      const start = { name: `Move ${entity.name} away from ${host.name}`, cause, applicationId: entity.applicationId, entityId };
      draft.put('task', newTask(start, { id: taskId, now: context.clock.now(), effect: 'running' }));
      pruneTasks(draft);
      return { taskId };
    }),
  );
}
