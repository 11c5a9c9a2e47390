import { failedStart } from '../../domain/cluster/failed-start.ts';
import { isMember } from '../../domain/cluster/members.ts';
import { type MemberPlan, planMembers } from '../../domain/cluster/plan-members.ts';
import { toRemovalStrategy } from '../../domain/cluster/removal-order.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import { plantMember } from '../../domain/entity/plant-entities.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { Draft, StoreView } from '../../ports/store.ts';
import { putPlanted } from '../cluster-size.ts';
import { configOf } from '../config-of.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { entityKind } from '../entity-kind.ts';
import { newId } from '../new-id.ts';
import { keepRunning, type RestartTurn, restartSubtree, restartTurn } from '../restart-members.ts';
import { GROWTH, setAside } from '../set-aside.ts';
import { destroySubtree, subtreeOf } from '../subtree.ts';
import { endTask } from '../task-runner.ts';

/**
 * Adds the slots that a cluster misses, removes members that are replaced, and surplus ones, sets those aside that did not come up, and goes
 * on with a restart of one after the other: in one commit.
 */
export function registerClusterController(context: EngineContext): void {
  const { store, queue } = context;
  queue.register('cluster', async (id) => {
    const isCloud = entityKind(context, store.view.get('entity', id)?.type ?? '') === 'cloud';
    if (isCloud || planOf(context, store.view, id) === null) return;
    const { touched, failed } = await durableCommit('cluster.resize', () => store.commit((draft) => carryOut(context, draft, id)));
    for (const memberId of touched) queue.enqueue(`entity:${memberId}`, 'user');
    for (const { taskId, error } of failed) await context.tasks.finish(taskId, { error });
  });
}

interface Found {
  readonly cluster: Entity;
  readonly members: readonly Entity[];
  readonly plan: MemberPlan;
  /** Members that have never been up and will not be, with the reason. */
  readonly notStarted: ReadonlyMap<Entity, string>;
  readonly turn: RestartTurn;
}

/** Null: nothing is to be done. */
function planOf(context: EngineContext, view: StoreView, id: string): Found | null {
  const cluster = view.get('entity', id);
  if (!cluster || cluster.size === null || cluster.goal === 'destroyed') return null;
  const source = { view, types: context.plugins.entityTypes };
  const members = view.childrenOf(id).filter((child) => child.slot !== null);
  const startingAtMost = Number(configOf(cluster, 'dynamiccluster.maxConcurrentChildCommands', source) ?? 0);
  const removal = toRemovalStrategy(configOf(cluster, 'dynamiccluster.removalstrategy', source));
  const plan = planMembers(members, cluster.size, { removal, startingAtMost });
  const notStarted = failedMembers(view, members);
  const turn = restartTurn(view, cluster, members);
  const isDone = plan.add.length === 0 && plan.destroy.length === 0 && plan.keep.length === 0;
  const isTurn = turn.next.length > 0 || turn.givenUp.length > 0;
  return isDone && notStarted.size === 0 && !isTurn ? null : { cluster, members, plan, notStarted, turn };
}

/** Those that are to come in the place of others, or are replaced, are judged with those. */
function failedMembers(view: StoreView, members: readonly Entity[]): ReadonlyMap<Entity, string> {
  const replacements = new Set(members.flatMap(({ replacedBy }) => (replacedBy === undefined ? [] : [replacedBy])));
  const failed = new Map<Entity, string>();
  for (const member of members) {
    if (!isMember(member) || member.replacedBy !== undefined || replacements.has(member.id)) continue;
    const reason = failedStart(member, subtreeOf(view, member));
    if (reason !== null) failed.set(member, reason);
  }
  return failed;
}

interface Outcome {
  readonly touched: readonly string[];
  readonly failed: readonly Failure[];
}

function carryOut(context: EngineContext, draft: Draft, id: string): Outcome {
  const found = planOf(context, draft, id);
  if (found === null) return { touched: [], failed: [] };
  const { cluster, members, plan, notStarted, turn } = found;
  const now = context.clock.now();
  if (notStarted.size > 0) {
    // Who is to come, go or stay is decided anew once those that failed are not counted.
    const error = setAside(context, draft, { cluster, failed: notStarted, isSizeKept: false });
    return { touched: [...notStarted.keys()].map((member) => member.id), failed: failGrowth(draft, cluster, { error, now }) };
  }
  const kept = keepOld(context, draft, { members, plan });
  plantMissing(context, draft, { cluster, members, plan });
  const aside = failedReplacements(draft, plan);
  if (aside.size > 0) setAside(context, draft, { cluster, failed: aside, isSizeKept: true });
  for (const member of plan.destroy) {
    if (!aside.has(member)) destroySubtree(draft, member, { now, taskId: cluster.taskId, removeVolumes: false });
  }
  for (const member of turn.next) restartSubtree(draft, member, { now, taskId: cluster.taskId });
  keepRunning(draft, turn.givenUp);
  return { touched: [...plan.destroy, ...turn.next].map((member) => member.id), failed: kept };
}

/** What was to come in the place of others, and has failed by itself. */
function failedReplacements(view: StoreView, { destroy }: MemberPlan): ReadonlyMap<Entity, string> {
  const failed = new Map<Entity, string>();
  for (const member of destroy) {
    const reason = member.replacedBy === undefined ? failedStart(member, subtreeOf(view, member)) : null;
    if (reason !== null) failed.set(member, reason);
  }
  return failed;
}

function plantMissing(context: EngineContext, draft: Draft, { cluster, members, plan }: Pick<Found, 'cluster' | 'members' | 'plan'>): void {
  const isEmpty = members.every((member) => member.goal === 'destroyed' || !isMember(member));
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

/** A growth that lost a member for good has failed; a start is judged by what is left. */
function failGrowth(
  draft: Draft,
  { taskId }: Entity,
  { error, now }: { readonly error: ClockerError | null; readonly now: number },
): readonly Failure[] {
  const task = taskId === null ? undefined : draft.get('task', taskId);
  if (error === null || task?.status !== 'running' || !GROWTH.includes(task.call?.effector ?? '')) return [];
  endTask(draft, task.id, { failure: error, now });
  return [{ taskId: task.id, error }];
}

interface Failure {
  readonly taskId: NonNullable<Entity['taskId']>;
  readonly error: ClockerError;
}

/** What was to be replaced stays; the call that asked for it fails, with the reason of the new member. */
function keepOld(context: EngineContext, draft: Draft, { members, plan }: Pick<Found, 'members' | 'plan'>): readonly Failure[] {
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
