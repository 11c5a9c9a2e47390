import type { TaskCause } from '../../../domain/entity/task.ts';
import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { HostId, TaskId } from '../../../domain/shared/ids.ts';
import { endDrain } from '../../controllers/drain-controller.ts';
import { durableCommit } from '../../durable-step.ts';
import type { EngineContext } from '../../engine-context.ts';
import { newId } from '../../new-id.ts';
import { pruneTasks } from '../../prune-tasks.ts';
import { endTask, newTask } from '../../task-runner.ts';
import { conflict, notFound, requireInCloud } from './require-valid.ts';

export interface DrainInput {
  readonly hostId: HostId;
  /** What is done with the empty host. */
  readonly afterwards: 'keep' | 'remove';
}

/**
 * Cordons a host and moves what can leave to others: each container starts elsewhere before it stops here. What holds data stays. Draining
 * a host that is being drained gives the task that it has. @throws ClockerError not-found | conflict (a Docker cloud gives its hosts back itself)
 */
export async function drainHost(
  context: EngineContext,
  cause: TaskCause,
  { hostId, afterwards }: DrainInput,
): Promise<{ readonly taskId: TaskId }> {
  return await durableCommit('host.drain', () =>
    context.store.commit((draft) => {
      const host = draft.get('host', hostId);
      if (!host) throw notFound('host', hostId);
      requireInCloud(host);
      if (afterwards === 'remove' && host.origin) {
        throw conflict(`${host.name} belongs to a Docker cloud, which gives it back`, 'Drain it and keep it, then make the cloud smaller.');
      }
      if (host.drain?.afterwards === afterwards) return { taskId: host.drain.taskId };
      if (host.drain) throw conflict(`${host.name} is being drained already`, 'Cancel that first.');
      const taskId = newId<'task'>(context.ids);
      const since = context.clock.now();
      draft.put('host', { ...host, cordoned: true, drain: { since, taskId, afterwards } });
      draft.put('task', newTask({ name: `Drain ${host.name}`, cause, hostId }, { id: taskId, now: since, effect: 'drained' }));
      pruneTasks(draft);
      return { taskId };
    }),
  );
}

/** What has left stays where it is; what was to leave stays here. The host stays cordoned. @throws ClockerError not-found | conflict */
export async function cancelDrain(context: EngineContext, { hostId }: Pick<DrainInput, 'hostId'>): Promise<void> {
  const drain = context.store.view.get('host', hostId)?.drain;
  if (!context.store.view.get('host', hostId)) throw notFound('host', hostId);
  if (!drain) throw conflict('The host is not being drained', 'It may have ended already.');
  const failure = new ClockerError('cancelled', { message: 'Draining was cancelled' });
  await durableCommit('host.drain', () =>
    context.store.commit((draft) => {
      endDrain(draft, hostId);
      endTask(draft, drain.taskId, { failure, now: context.clock.now() });
    }),
  );
  await context.tasks.finish(drain.taskId, { error: failure });
}
