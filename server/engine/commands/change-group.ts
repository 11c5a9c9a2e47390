import type { Entity } from '../../domain/entity/entity.ts';
import type { TaskCause } from '../../domain/entity/task.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { Draft } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';
import { isAtOrAbove } from '../subtree.ts';
import { callEffector, type EffectorCall, type EffectorTask } from './entity-effectors.ts';

export interface MemberCall extends EffectorCall {
  /** Id of an entity, or its id in the blueprint. */
  readonly member: string;
}

/** Makes an entity a member of a group. @throws ClockerError not-found (no such entity in the application) | conflict (the group itself, or what it is in) */
export async function addMember(context: EngineContext, cause: TaskCause, { member, ...call }: MemberCall): Promise<EffectorTask> {
  const given = { ...call, verb: 'Add to', effect: 'running', effector: 'addMember', parameters: { member } } as const;
  return await callEffector(context, cause, given, (draft, group, taskId) => {
    const { id, name } = requireOther(draft, group, member);
    if (isAtOrAbove(draft, { ...group, id }, group))
      throw new ClockerError('conflict', { message: `${name} is ${group.name}, or has it in it` });
    const members = group.members ?? [];
    draft.put('entity', { ...group, members: members.includes(id) ? members : [...members, id], taskId });
  });
}

/** Makes an entity a member no more. @throws ClockerError not-found | conflict (no member) */
export async function removeMember(context: EngineContext, cause: TaskCause, { member, ...call }: MemberCall): Promise<EffectorTask> {
  const given = { ...call, verb: 'Remove from', effect: 'running', effector: 'removeMember', parameters: { member } } as const;
  return await callEffector(context, cause, given, (draft, group, taskId) => {
    const { id, name, parentId } = requireOther(draft, group, member);
    const members = group.members ?? [];
    if (!members.includes(id)) throw new ClockerError('conflict', { message: `${name} is no member of ${group.name}` });
    if (parentId === group.id) {
      throw new ClockerError('conflict', {
        message: `${name} is a member of ${group.name} as its child`,
        hint: 'Take it out of the blueprint.',
      });
    }
    draft.put('entity', { ...group, members: members.filter((one) => one !== id), taskId });
  });
}

/** Looks for the members of a group anew, which is done at each change all the same. */
export async function rescanEntities(context: EngineContext, cause: TaskCause, call: EffectorCall): Promise<EffectorTask> {
  const given = { ...call, verb: 'Rescan', effect: 'running', effector: 'rescanEntities' } as const;
  const task = await callEffector(context, cause, given, (draft, group, taskId) => draft.put('entity', { ...group, taskId }));
  context.queue.enqueue(`group:${call.entityId}`, 'user');
  return task;
}

function requireOther(draft: Draft, group: Entity, member: string): Entity {
  const others = draft.entitiesOf(group.applicationId).filter(({ goal }) => goal !== 'destroyed');
  const found = others.find(({ id }) => id === member) ?? others.find(({ planId, slot }) => planId === member && slot === null);
  if (found) return found;
  throw new ClockerError('not-found', { message: `The application of ${group.name} has no entity ${member}` });
}
