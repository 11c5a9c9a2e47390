import { type MemberPlan, planMembers } from '../../domain/cluster/plan-members.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import { plantMember } from '../../domain/entity/plant-entities.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { Draft, StoreView } from '../../ports/store.ts';
import { putPlanted } from '../cluster-size.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { entityKind } from '../entity-kind.ts';
import { newId } from '../new-id.ts';
import { destroySubtree } from '../subtree.ts';
import { endTask } from '../task-runner.ts';

/** Adds the slots that a cluster misses, removes members that are replaced, and surplus ones, newest first, in one commit. */
export function registerClusterController(context: EngineContext): void {
  const { store, queue } = context;
  queue.register('cluster', async (id) => {
    const isCloud = entityKind(context, store.view.get('entity', id)?.type ?? '') === 'cloud';
    if (isCloud || planOf(store.view, id) === null) return;
    const { touched, failed } = await durableCommit('cluster.resize', () =>
      store.commit((draft) => {
        const found = planOf(draft, id);
        if (found === null) return { touched: [], failed: [] };
        const { cluster, members, plan } = found;
        const failures = keepOld(context, draft, { members, plan });
        plantMissing(context, draft, { cluster, members, plan });
        const now = context.clock.now();
        for (const member of plan.destroy) destroySubtree(draft, member, { now, taskId: cluster.taskId, removeVolumes: false });
        return { touched: plan.destroy.map((member) => member.id), failed: failures };
      }),
    );
    for (const memberId of touched) queue.enqueue(`entity:${memberId}`, 'user');
    for (const { taskId, error } of failed) await context.tasks.finish(taskId, { error });
  });
}

interface Found {
  readonly cluster: Entity;
  readonly members: readonly Entity[];
  readonly plan: MemberPlan;
}

/** Null: nothing is to be done. */
function planOf(view: Pick<StoreView, 'get' | 'childrenOf'>, id: string): Found | null {
  const cluster = view.get('entity', id);
  if (!cluster || cluster.size === null || cluster.goal === 'destroyed') return null;
  const members = view.childrenOf(id).filter((child) => child.slot !== null);
  const plan = planMembers(members, cluster.size);
  const isDone = plan.add.length === 0 && plan.destroy.length === 0 && plan.keep.length === 0;
  return isDone ? null : { cluster, members, plan };
}

function plantMissing(context: EngineContext, draft: Draft, { cluster, members, plan }: Found): void {
  const isEmpty = members.every((member) => member.goal === 'destroyed');
  for (const slot of plan.add) {
    const planting = {
      applicationId: cluster.applicationId,
      parentId: cluster.id,
      generation: cluster.generation,
      goal: cluster.goal === 'destroyed' ? 'stopped' : cluster.goal,
      taskId: cluster.taskId,
      now: context.clock.now(),
      nextId: () => newId<'entity'>(context.ids),
    } as const;
    putPlanted(draft, plantMember(cluster, { slot, isFirst: isEmpty && slot === plan.add[0] }, planting), context.plugins.entityTypes);
  }
}

interface Failure {
  readonly taskId: NonNullable<Entity['taskId']>;
  readonly error: ClockerError;
}

/** What was to be replaced stays; the call that asked for it fails, with the reason of the new member. */
function keepOld(context: EngineContext, draft: Draft, { members, plan }: Omit<Found, 'cluster'>): readonly Failure[] {
  const failures: Failure[] = [];
  for (const member of plan.keep) {
    const { replacedBy, ...kept } = draft.get('entity', member.id) ?? member;
    draft.put('entity', kept);
    const replacement = members.find(({ id }) => id === replacedBy);
    const taskId = replacement?.taskId;
    if (!replacement || !taskId) continue;
    const [problem = 'it did not come up'] = Object.values(replacement.problems);
    const message = `${member.name} stays: ${replacement.name}, in its place, failed. ${problem}`;
    const error = new ClockerError('container.not-ready', { message, hint: 'Mend what the new member says, then replace it again.' });
    endTask(draft, taskId, { failure: error, now: context.clock.now() });
    failures.push({ taskId, error });
  }
  return failures;
}
