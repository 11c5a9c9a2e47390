import { isMember } from '../../domain/cluster/members.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import { plantMember } from '../../domain/entity/plant-entities.ts';
import type { TaskCause } from '../../domain/entity/task.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { Draft } from '../../ports/store.ts';
import { putPlanted } from '../cluster-size.ts';
import type { EngineContext } from '../engine-context.ts';
import { entityKind } from '../entity-kind.ts';
import { newId } from '../new-id.ts';
import { callEffector, type EffectorCall, type EffectorTask } from './entity-effectors.ts';

/**
 * Adds a member in the place of another, which goes once the new one is up, and stays where the new one fails: see `planMembers`. The size
 * stays what it is. @throws ClockerError not-found | conflict (not to run, or replaced already) | input.invalid (no cluster)
 */
export async function replaceMember(
  context: EngineContext,
  cause: TaskCause,
  { memberId, ...call }: EffectorCall & { readonly memberId: string },
): Promise<EffectorTask> {
  const given = { ...call, verb: 'Replace a member of', effect: 'running', effector: 'replaceMember', parameters: { memberId } } as const;
  return await callEffector(context, cause, given, (draft, cluster, taskId) => {
    if (cluster.size === null || entityKind(context, cluster.type) === 'cloud') {
      throw new ClockerError('input.invalid', { message: `${cluster.name} is no cluster of members that can be replaced` });
    }
    const members = draft.childrenOf(cluster.id).filter(({ slot }) => slot !== null);
    const member = requireMember(cluster, members.filter(isMember), memberId);
    const highest = Math.max(...members.map(({ slot }) => slot ?? 0));
    const planted = plantMember(
      cluster,
      // As the one before it was.
      { slot: highest + 1, isFirst: member.path === cluster.spec.firstMemberSpec?.path },
      {
        applicationId: cluster.applicationId,
        parentId: cluster.id,
        generation: cluster.generation,
        goal: 'running',
        taskId,
        now: context.clock.now(),
        nextId: () => newId<'entity'>(context.ids),
      },
    );
    const [replacement] = planted;
    if (!replacement) throw new ClockerError('conflict', { message: `${cluster.name} says not what a member is` });
    putPlanted(draft, planted, context.plugins.entityTypes);
    draft.put('entity', { ...member, replacedBy: replacement.id });
    putTask(draft, cluster, taskId);
  });
}

function putTask(draft: Draft, { id }: Entity, taskId: Entity['taskId']): void {
  const latest = draft.get('entity', id);
  if (latest) draft.put('entity', { ...latest, taskId });
}

function requireMember(cluster: Entity, members: readonly Entity[], memberId: string): Entity {
  const member = members.find(({ id, goal }) => id === memberId && goal !== 'destroyed');
  if (!member) {
    const known = members.filter(({ goal }) => goal !== 'destroyed').map(({ id, name }) => `${id} (${name})`);
    const hint = known.length === 0 ? 'It has none.' : `It has: ${known.join(', ')}.`;
    throw new ClockerError('not-found', { message: `${cluster.name} has no member ${memberId}`, hint });
  }
  if (cluster.goal !== 'running' || member.goal !== 'running') {
    throw new ClockerError('conflict', { message: `${cluster.name} is not to run: nothing is replaced`, hint: 'Start it first.' });
  }
  const isReplacing = members.some(({ replacedBy, goal }) => replacedBy === memberId && goal !== 'destroyed');
  if (member.replacedBy === undefined && !isReplacing) return member;
  throw new ClockerError('conflict', {
    message: `${member.name} is being replaced already`,
    hint: 'Wait until the new member is up, or cancel that task.',
  });
}
