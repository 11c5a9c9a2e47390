import { planMembers } from '../../domain/cluster/plan-members.ts';
import { plantMember } from '../../domain/entity/plant-entities.ts';
import { putPlanted } from '../cluster-size.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { entityKind } from '../entity-kind.ts';
import { newId } from '../new-id.ts';
import { destroySubtree } from '../subtree.ts';

/** Adds the slots that a cluster misses and marks surplus members for removal, newest first, in one commit. */
export function registerClusterController(context: EngineContext): void {
  const { store, queue } = context;
  queue.register('cluster', async (id) => {
    const isCloud = entityKind(context, store.view.get('entity', id)?.type ?? '') === 'cloud';
    if (isCloud || !needsChange(context, id)) return;
    const touched = await durableCommit('cluster.resize', () =>
      store.commit((draft) => {
        const cluster = draft.get('entity', id);
        if (!cluster || cluster.size === null || cluster.goal === 'destroyed') return [];
        const members = draft.childrenOf(id).filter((child) => child.slot !== null);
        const plan = planMembers(members, cluster.size);
        const now = context.clock.now();
        const isEmpty = members.every((member) => member.goal === 'destroyed');
        for (const slot of plan.add) {
          const planting = {
            applicationId: cluster.applicationId,
            parentId: cluster.id,
            generation: cluster.generation,
            goal: cluster.goal,
            taskId: cluster.taskId,
            now,
            nextId: () => newId<'entity'>(context.ids),
          };
          putPlanted(
            draft,
            plantMember(cluster, { slot, isFirst: isEmpty && slot === plan.add[0] }, planting),
            context.plugins.entityTypes,
          );
        }
        for (const member of plan.destroy) destroySubtree(draft, member, { now, taskId: cluster.taskId, removeVolumes: false });
        return plan.destroy.map((member) => member.id);
      }),
    );
    for (const memberId of touched) queue.enqueue(`entity:${memberId}`, 'user');
  });
}

function needsChange({ store }: EngineContext, id: string): boolean {
  const cluster = store.view.get('entity', id);
  if (!cluster || cluster.size === null || cluster.goal === 'destroyed') return false;
  const members = store.view.childrenOf(id).filter((child) => child.slot !== null);
  const plan = planMembers(members, cluster.size);
  return plan.add.length > 0 || plan.destroy.length > 0;
}
