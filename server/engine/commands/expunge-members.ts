import { QUARANTINE_GROUP } from '../../domain/cluster/members.ts';
import type { TaskCause } from '../../domain/entity/task.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { EngineContext } from '../engine-context.ts';
import { membersOf } from '../members-of.ts';
import { destroySubtree } from '../subtree.ts';
import { callEffector, type EffectorCall, type EffectorTask } from './entity-effectors.ts';

/** Removes what a quarantine keeps; volumes stay. @throws ClockerError not-found | input.invalid (no quarantine) */
export async function expungeMembers(context: EngineContext, cause: TaskCause, call: EffectorCall): Promise<EffectorTask> {
  const given = { ...call, verb: 'Expunge', effect: 'destroyed', effector: 'expungeMembers' } as const;
  return await callEffector(context, cause, given, (draft, group, taskId) => {
    if (group.type !== QUARANTINE_GROUP) throw new ClockerError('input.invalid', { message: `${group.name} is no quarantine` });
    const now = context.clock.now();
    for (const member of membersOf(draft, group) ?? []) destroySubtree(draft, member, { now, taskId, removeVolumes: false });
  });
}
