import type { Cloud, RebalanceMove } from '../../../domain/entity/host.ts';
import type { TaskCause } from '../../../domain/entity/task.ts';
import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { CloudId, EntityId, HostId, TaskId } from '../../../domain/shared/ids.ts';
import type { Draft } from '../../../ports/store.ts';
import { durableCommit } from '../../durable-step.ts';
import type { EngineContext } from '../../engine-context.ts';
import { withoutMove } from '../../move-marks.ts';
import { newId } from '../../new-id.ts';
import { pruneTasks } from '../../prune-tasks.ts';
import { movingGroup } from '../../queries/moving-group.ts';
import { endTask, newTask } from '../../task-runner.ts';
import { conflict, notFound } from './require-valid.ts';

export interface RebalanceInput {
  readonly cloudId: CloudId;
  /** Each with those that have to be on one host with it, in the order in which they are begun. */
  readonly moves: readonly { readonly entityId: EntityId; readonly toHostId: HostId }[];
}

/**
 * Moves entities of a cloud to hosts that suit them better, two groups at a time, each looked at again when its turn comes.
 * @throws ClockerError not-found | conflict (one cannot be moved, is not in the cloud, or the cloud is being rebalanced)
 */
export async function rebalanceCloud(
  context: EngineContext,
  cause: TaskCause,
  { cloudId, moves: asked }: RebalanceInput,
): Promise<{ readonly taskId: TaskId }> {
  return await durableCommit('cloud.rebalance', () =>
    context.store.commit((draft) => {
      const cloud = draft.get('cloud', cloudId);
      if (!cloud) throw notFound('cloud', cloudId);
      if (cloud.rebalance) throw conflict(`${cloud.name} is being rebalanced already`, 'Wait for that, or cancel its task.');
      if (cloud.closing) throw conflict(`${cloud.name} is being deleted`, 'What runs on it is stopped or deleted with it.');
      const since = context.clock.now();
      const moves = asked.map((move) => toMove(context, draft, { cloud, move, at: since }));
      const ids = moves.flatMap(({ entityIds }) => entityIds);
      const twice = ids.find((id, at) => ids.indexOf(id) !== at);
      if (twice !== undefined) {
        throw conflict(`${draft.get('entity', twice)?.name ?? twice} would be moved twice`, 'Name one of those that go together.');
      }
      const taskId = newId<'task'>(context.ids);
      draft.put('cloud', { ...cloud, rebalance: { since, taskId, moves } });
      draft.put('task', newTask({ name: `Rebalance ${cloud.name}`, cause, cloudId }, { id: taskId, now: since, effect: 'rebalanced' }));
      pruneTasks(draft);
      return { taskId };
    }),
  );
}

interface Asking {
  readonly cloud: Cloud;
  readonly move: RebalanceInput['moves'][number];
  readonly at: number;
}

function toMove(context: EngineContext, draft: Draft, { cloud, move, at }: Asking): RebalanceMove {
  const { host, members } = movingGroup(context, draft, move.entityId);
  const name = members[0]?.entity.name ?? move.entityId;
  if (host.cloudId !== cloud.id) throw conflict(`${name} is not on ${cloud.name}`, 'Ask for the moves of each cloud by itself.');
  const to = draft.get('host', move.toHostId);
  if (to?.cloudId !== cloud.id) throw conflict(`${cloud.name} has no host ${to?.name ?? move.toHostId}`, 'Ask for its moves again.');
  if (to.id === host.id) throw conflict(`${name} is on ${host.name} already`, 'Ask for the moves again: things have changed since.');
  return { entityIds: members.map(({ entity }) => entity.id), from: host.id, to: to.id, state: 'waiting', at };
}

/** What has been moved stays there; what waits for its place stays where it is. @throws ClockerError conflict (it has ended) */
export async function cancelRebalance(context: EngineContext, { taskId }: { readonly taskId: TaskId }): Promise<void> {
  const cloud = [...context.store.view.all('cloud').values()].find(({ rebalance }) => rebalance?.taskId === taskId);
  if (!cloud) throw conflict('Nothing is being moved any more', 'It may have ended already.');
  await endRebalance(context, cloud.id, {
    taskId,
    error: new ClockerError('cancelled', { message: `Rebalancing ${cloud.name} was cancelled` }),
  });
}

interface RebalanceEnd {
  readonly taskId: TaskId;
  readonly error?: ClockerError;
}

/** With its task, in one commit: a crash leaves none without the other. */
export async function endRebalance(context: EngineContext, cloudId: CloudId, { taskId, error }: RebalanceEnd): Promise<void> {
  await durableCommit('cloud.rebalance', () =>
    context.store.commit((draft) => {
      dropRebalance(draft, { cloudId, taskId });
      endTask(draft, taskId, { failure: error ?? null, now: context.clock.now() });
    }),
  );
  await context.tasks.finish(taskId, { error });
}

function dropRebalance(draft: Draft, { cloudId, taskId }: { readonly cloudId: CloudId; readonly taskId: TaskId }): void {
  const cloud = draft.get('cloud', cloudId);
  if (cloud?.rebalance?.taskId !== taskId) return;
  const { rebalance, ...rest } = cloud;
  draft.put('cloud', rest);
  for (const move of rebalance.moves) giveUpMove(draft, move);
}

/** Takes the marks away that it has made. */
export function giveUpMove(draft: Draft, { entityIds, from, to, state }: RebalanceMove): void {
  if (state !== 'moving') return;
  for (const id of entityIds) {
    const entity = draft.get('entity', id);
    if (entity?.moveFrom === from && entity.moveTo === to) draft.put('entity', withoutMove(entity));
  }
}
