import type { Entity } from '../../domain/entity/entity.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import type { HostId, TaskId } from '../../domain/shared/ids.ts';
import type { HostSession } from '../../ports/host-session.ts';
import type { Draft } from '../../ports/store.ts';
import type { ContainerResolution } from '../desired-container.ts';
import type { EngineContext, TaskHandle } from '../engine-context.ts';
import type { NetworkSettler } from '../sdn/settle-networks.ts';
import type { EntityMemory } from './entity-memory.ts';

/** What each step gets to work with. */
export interface StepInput {
  readonly context: EngineContext;
  readonly memory: EntityMemory;
  readonly settler: NetworkSettler;
  readonly entity: Entity;
  readonly resolution: ContainerResolution;
  readonly signal: AbortSignal;
}

/** Runs `work` as a visible task below the effector call that is under way, if any. */
export async function runStepTask<T>(
  { context, entity }: StepInput,
  start: { readonly name: string; readonly hostId: HostId },
  work: (task: TaskHandle) => Promise<T>,
): Promise<T> {
  const parentId = openTaskOf(context, entity);
  return await context.tasks.run(
    { ...start, parentId, applicationId: entity.applicationId, entityId: entity.id, cause: { kind: 'controller', by: 'entity' } },
    work,
  );
}

export async function operate<T>({ context }: StepInput, instance: Instance, work: (session: HostSession) => Promise<T>): Promise<T> {
  return await context.hosts.operate(instance.hostId, work);
}

/** Changes the instance unless it is gone. */
export function patchInstance(draft: Draft, instanceId: string, patch: Partial<Instance>): void {
  const instance = draft.get('instance', instanceId);
  if (instance) draft.put('instance', { ...instance, ...patch });
}

/** Changes the entity unless it is gone. */
export function patchEntity(draft: Draft, entityId: string, patch: Partial<Entity>): void {
  const entity = draft.get('entity', entityId);
  if (entity) draft.put('entity', { ...entity, ...patch });
}

/** The effector call that the entity's steps belong to, while it is under way. */
export function openTaskOf(context: EngineContext, entity: Entity): TaskId | null {
  if (!entity.taskId) return null;
  return context.store.view.get('task', entity.taskId)?.status === 'running' ? entity.taskId : null;
}
