import type { TaskCause } from '../../../domain/entity/task.ts';
import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { EntityId, TaskId } from '../../../domain/shared/ids.ts';
import { hostOf, isEmpty } from '../../clouds/cloud-hosts.ts';
import { releaseMember } from '../../clouds/release-member.ts';
import { durableCommit } from '../../durable-step.ts';
import type { EngineContext } from '../../engine-context.ts';
import { entityKind } from '../../entity-kind.ts';
import { dropHost } from '../../hosts/drop-host.ts';
import { newId } from '../../new-id.ts';
import { pruneTasks } from '../../prune-tasks.ts';
import { newTask } from '../../task-runner.ts';
import { conflict } from './require-valid.ts';

export interface ReleaseInput {
  readonly entityId: EntityId;
  /** Also where the machine cannot be reached or holds something: what is on it of ours is forgotten, and starts elsewhere. */
  readonly force: boolean;
  /** Whether the cloud takes another machine for it, or is one smaller from now on. */
  readonly afterwards: 'replace' | 'shrink';
}

/**
 * Gives the machine of one host of a Docker cloud back.
 * @throws ClockerError not-found | conflict (containers or volumes are on it)
 */
export async function releaseMachine(
  context: EngineContext,
  cause: TaskCause,
  { entityId, force, afterwards }: ReleaseInput,
): Promise<{ readonly taskId: TaskId }> {
  const taskId = newId<'task'>(context.ids);
  await durableCommit('machine.let-go', () =>
    context.store.commit((draft) => {
      const entity = draft.get('entity', entityId);
      if (!entity || entityKind(context, entity.type) !== 'host')
        throw new ClockerError('not-found', { message: `${entity?.name ?? entityId} is no host of a Docker cloud` });
      const host = hostOf(draft, entity);
      if (host && !force && !isEmpty(draft, host)) {
        throw conflict(
          `${host.name} has containers or volumes on it`,
          'Drain it first. By force, what is on it is forgotten and starts elsewhere.',
        );
      }
      const now = context.clock.now();
      const cloud = entity.parentId === null ? undefined : draft.get('entity', entity.parentId);
      const isCounted = entity.goal !== 'destroyed' && afterwards === 'shrink';
      if (cloud && cloud.size !== null && isCounted) draft.put('entity', { ...cloud, size: Math.max(0, cloud.size - 1) });
      releaseMember(draft, entity.id, { now, taskId });
      if (host && force) dropHost(draft, host, now);
      const start = { name: `Release ${entity.name}`, cause, applicationId: entity.applicationId, entityId };
      draft.put('task', newTask(start, { id: taskId, now, effect: 'destroyed' }));
      pruneTasks(draft);
    }),
  );
  context.queue.enqueue(`machine:${entityId}`, 'user');
  return { taskId };
}
