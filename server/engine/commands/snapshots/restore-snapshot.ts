import { NO_CRASH } from '../../../domain/entity/crash-back-off.ts';
import type { Entity } from '../../../domain/entity/entity.ts';
import type { TaskCause } from '../../../domain/entity/task.ts';
import type { EntityId, SnapshotId, TaskId } from '../../../domain/shared/ids.ts';
import { isPushed, type RestoredFrom, type Snapshot } from '../../../domain/snapshot/snapshot.ts';
import type { Draft } from '../../../ports/store.ts';
import { resolveContainer } from '../../desired-container.ts';
import { durableCommit } from '../../durable-step.ts';
import type { EngineContext } from '../../engine-context.ts';
import { newId } from '../../new-id.ts';
import { pruneTasks } from '../../prune-tasks.ts';
import { newTask } from '../../task-runner.ts';
import { conflict, notFound } from '../hosts/require-valid.ts';
import { requireEntity } from '../require-record.ts';

/**
 * Recreates an entity's container from a snapshot of it: on the host that has it, or on any once it was pushed. All else stays as the
 * blueprint says, volumes too. @throws ClockerError not-found | conflict (not there, its data is elsewhere, config waits)
 */
export async function restoreSnapshot(
  context: EngineContext,
  cause: TaskCause,
  { snapshotId }: { readonly snapshotId: SnapshotId },
): Promise<{ readonly taskId: TaskId }> {
  return await recreate(context, cause, 'snapshot.restore', (draft) => {
    const snapshot = draft.get('snapshot', snapshotId);
    if (!snapshot) throw notFound('snapshot', snapshotId);
    if (snapshot.state !== 'ready') throw conflict(`The snapshot of ${snapshot.entityName} is not there: it is ${snapshot.state}`);
    const entity = requireEntity(draft, snapshot.entityId);
    requireReach(draft, entity, snapshot);
    const restored = toRestored(context, draft, { entity, snapshot });
    return { entity: { ...entity, snapshot: restored }, name: `Restore ${entity.name} from a snapshot` };
  });
}

/** Recreates an entity's container from the image of the blueprint again. @throws ClockerError not-found | conflict (it runs from that) */
export async function leaveSnapshot(
  context: EngineContext,
  cause: TaskCause,
  { entityId }: { readonly entityId: EntityId },
): Promise<{ readonly taskId: TaskId }> {
  return await recreate(context, cause, 'snapshot.leave', (draft) => {
    const { snapshot, question, ...entity } = requireEntity(draft, entityId);
    if (snapshot === undefined) throw conflict(`${entity.name} runs from the image of its blueprint`);
    const asked = question?.code === 'snapshot-on-lost-host' ? null : question;
    return { entity: { ...entity, question: asked }, name: `Take ${entity.name} back to the blueprint's image` };
  });
}

interface Recreated {
  readonly entity: Entity;
  readonly name: string;
}

/** One commit: what it is to run from, and the task that stays open until it does. */
async function recreate(
  context: EngineContext,
  cause: TaskCause,
  step: string,
  change: (draft: Draft) => Recreated,
): Promise<{ readonly taskId: TaskId }> {
  const taskId = newId<'task'>(context.ids);
  await durableCommit(step, () =>
    context.store.commit((draft) => {
      const { entity, name } = change(draft);
      const now = context.clock.now();
      const isUp = entity.goal === 'running' && entity.actual === 'RUNNING';
      draft.put('entity', {
        ...entity,
        ...{ goal: 'running', expected: { state: 'RUNNING', at: now }, actual: isUp ? entity.actual : 'STARTING' },
        ...{ restartSerial: entity.restartSerial + 1, granted: entity.generation, crash: NO_CRASH, problems: {}, waits: {}, taskId },
      });
      const start = { name, cause, applicationId: entity.applicationId, entityId: entity.id };
      draft.put('task', newTask(start, { id: taskId, now, effect: 'running' }));
      pruneTasks(draft);
    }),
  );
  return { taskId };
}

/** A container is where its volumes are; from another host's snapshot it could never start. */
function requireReach(draft: Draft, { name, dataHostId }: Entity, snapshot: Snapshot): void {
  const host = draft.get('host', snapshot.hostId);
  if (isPushed(snapshot)) return;
  if (!host) throw conflict(`The host that had the snapshot of ${name} is gone`);
  if (dataHostId === null || dataHostId === host.id) return;
  const data = draft.get('host', dataHostId)?.name ?? 'another host';
  throw conflict(
    `The snapshot is on ${host.name}, and the data of ${name} on ${data}`,
    'Push the snapshot to the registry of its cloud first.',
  );
}

function toRestored(
  context: EngineContext,
  draft: Draft,
  { entity, snapshot }: { readonly entity: Entity; readonly snapshot: Snapshot },
): RestoredFrom {
  const { snapshot: _, ...plain } = entity;
  const desired = resolveContainer(plain, draft, context);
  if (desired.kind !== 'resolved') {
    throw conflict(`${entity.name} cannot be restored: ${desired.kind === 'waiting' ? `it waits for ${desired.for}` : desired.problem}`);
  }
  return { id: snapshot.id, insteadOf: desired.spec.image, serial: entity.restartSerial + 1 };
}
