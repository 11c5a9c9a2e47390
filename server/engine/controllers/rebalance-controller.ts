import type { Cloud, CloudRebalance, RebalanceMove } from '../../domain/entity/host.ts';
import { judgeMove } from '../../domain/placement/judge-move.ts';
import { createMoveBoard } from '../../domain/placement/move-board.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { EntityId } from '../../domain/shared/ids.ts';
import type { Draft, StoreView } from '../../ports/store.ts';
import { endRebalance, giveUpMove } from '../commands/hosts/rebalance-cloud.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { markMoves } from '../move-marks.ts';
import { moveInput } from '../queries/move-input.ts';
import { commitProgress } from '../task-runner.ts';

/** So many groups of entities move at the same time. */
const MOST_MOVING = 2;
const LOOK_MS = 2_000;
/** A group that finds no place for so long stays where it is. */
const PLACE_WAIT_MS = 60_000;

/** Carries out the moves that were asked for in a cloud (key `rebalance:<cloud id>`), a few at a time, and ends the task after the last. */
export function registerRebalanceController(context: EngineContext): void {
  const { queue, store } = context;
  queue.register('rebalance', async (id) => {
    const cloud = store.view.get('cloud', id);
    if (!cloud?.rebalance) return;
    const moves = nextMoves(context, cloud, cloud.rebalance);
    const isNews = moves.some((move, at) => move !== cloud.rebalance?.moves[at]);
    if (isNews) {
      await durableCommit('cloud.rebalance', () => store.commit((draft) => putMoves(draft, { cloud, before: cloud.rebalance, moves })));
      for (const [at, move] of moves.entries()) if (move !== cloud.rebalance.moves[at]) tellSkipped(context, cloud.rebalance, move);
    }
    const latest = store.view.get('cloud', id)?.rebalance;
    if (latest?.taskId !== cloud.rebalance.taskId) return;
    if (latest.moves.every(({ state }) => state === 'done' || state === 'skipped')) await finish(context, cloud, latest);
    else {
      await showProgress(context, latest);
      // One is begun at a time: the next is looked at with that one on its way.
      if (isNews) queue.enqueue(`rebalance:${id}`);
      else queue.lookAgain(`rebalance:${id}`, context.clock.now() + LOOK_MS);
    }
  });
}

/** Pure on the records of now: those that have ended, and the next that begins or is skipped. */
function nextMoves(context: EngineContext, cloud: Cloud, { moves }: CloudRebalance): readonly RebalanceMove[] {
  const now = context.clock.now();
  const looked = moves.map((move) => (move.state === 'moving' ? lookAt(context.store.view, move, now) : move));
  const moving = looked.filter(({ state }) => state === 'moving').length;
  const next = looked.findIndex(({ state }) => state === 'waiting');
  const move = looked[next];
  if (move === undefined || moving >= MOST_MOVING) return looked;
  const why = whyNot(context, cloud, move);
  // What is on its way may yet make room for it.
  if (why !== null && moving > 0) return looked;
  const begun: RebalanceMove = why === null ? { ...move, state: 'moving', at: now } : { ...move, state: 'skipped', at: now, reason: why };
  return looked.with(next, begun);
}

/** Why a move is not worth it any more; null where it is. */
function whyNot(context: EngineContext, cloud: Cloud, { entityIds, from, to }: RebalanceMove): string | null {
  const { view } = context.store;
  const input = moveInput(context, view, cloud);
  const placed = new Map(input.placed.map(({ request, hostId }) => [request.entityId, hostId]));
  const name = (id: EntityId): string => view.get('entity', id)?.name ?? 'it';
  for (const id of entityIds) {
    if (!placed.has(id)) return `${name(id)} has no container any more`;
    if (placed.get(id) !== from) return `${name(id)} is on another host by now`;
    const why = input.staying.get(id);
    if (why !== undefined) return `${name(id)}: ${why}`;
  }
  const group = input.groups.find((ids) => ids.some((id) => entityIds.includes(id)));
  const other = group?.find((id) => !entityIds.includes(id));
  if (other !== undefined) return `${name(other)} has to go with it by now`;
  if (!input.hosts.some(({ id }) => id === to)) return 'the host that it was to go to has left the cloud';
  const verdict = judgeMove(createMoveBoard(input), entityIds, to);
  return verdict.ok ? null : verdict.why;
}

/** How a move that was begun goes on. */
function lookAt(view: StoreView, move: RebalanceMove, now: number): RebalanceMove {
  const { entityIds, from, to, at } = move;
  const members = entityIds.flatMap((id) => view.get('entity', id) ?? []).filter(({ goal }) => goal !== 'destroyed');
  if (members.length === 0) return { ...move, state: 'skipped', at: now, reason: 'it was deleted meanwhile' };
  const stopped = members.find(({ goal }) => goal === 'stopped');
  if (stopped) return { ...move, state: 'skipped', at: now, reason: `${stopped.name} was stopped meanwhile` };
  const left = members.filter(({ id, instanceId }) => {
    const instances = view.instancesOf(id);
    const current = instances.find((instance) => instance.id === instanceId);
    return current?.hostId !== to || !current.ready || instances.some((instance) => instance.hostId === from);
  });
  if (left.length === 0) return { ...move, state: 'done', at: now };
  const gone = left.find(({ moveFrom, moveTo, instanceId }) => {
    const hostId = view.get('instance', instanceId ?? '')?.hostId;
    return hostId !== to && (moveFrom !== from || moveTo !== to);
  });
  if (gone) return { ...move, state: 'skipped', at: now, reason: `something else was done with ${gone.name} meanwhile` };
  const waiting = left.find(({ moveTo, waitingFor }) => moveTo === to && waitingFor?.startsWith('placement'));
  if (waiting && now >= at + PLACE_WAIT_MS)
    return { ...move, state: 'skipped', at: now, reason: `${waiting.name} waits for ${waiting.waitingFor}` };
  return move;
}

interface Putting {
  readonly cloud: Cloud;
  readonly before: CloudRebalance | undefined;
  readonly moves: readonly RebalanceMove[];
}

function putMoves(draft: Draft, { cloud: { id }, before, moves }: Putting): void {
  const cloud = draft.get('cloud', id);
  // Cancelled meanwhile.
  if (cloud?.rebalance === undefined || cloud.rebalance !== before) return;
  for (const [at, move] of moves.entries()) {
    const was = before.moves[at];
    if (was === undefined || was === move) continue;
    if (move.state === 'moving') markMoves(draft, move.entityIds, move);
    else giveUpMove(draft, was);
  }
  draft.put('cloud', { ...cloud, rebalance: { ...before, moves } });
}

function tellSkipped({ tasks, store }: EngineContext, { taskId }: CloudRebalance, move: RebalanceMove): void {
  if (move.state === 'skipped') tasks.note(taskId, `Skipped ${told(store.view, move)}: ${move.reason ?? ''}`);
  if (move.state === 'done') tasks.note(taskId, `Moved ${told(store.view, move)}`);
}

function told(view: StoreView, { entityIds, from, to }: RebalanceMove): string {
  const names = entityIds.map((id) => view.get('entity', id)?.name ?? id).join(', ');
  const host = (id: string): string => view.get('host', id)?.name ?? id;
  return `${names} from ${host(from)} to ${host(to)}`;
}

async function showProgress({ store }: EngineContext, { taskId, moves }: CloudRebalance): Promise<void> {
  const { view } = store;
  const ended = moves.filter(({ state }) => state === 'done' || state === 'skipped').length;
  const moving = moves.filter(({ state }) => state === 'moving');
  const text = moving.map((move) => `${told(view, move)}${waitOf(view, move)}`).join('; ') || `${moves.length - ended} to move`;
  await commitProgress(store, taskId, { text, total: moves.length, fraction: ended / moves.length });
}

function waitOf(view: StoreView, { entityIds }: RebalanceMove): string {
  const waits = entityIds.map((id) => view.get('entity', id)?.waitingFor ?? null).find((one) => one !== null);
  return waits === undefined ? '' : ` (waits for ${waits})`;
}

async function finish(context: EngineContext, cloud: Cloud, { taskId, moves }: CloudRebalance): Promise<void> {
  const skipped = moves.filter(({ state }) => state === 'skipped');
  const isNothing = skipped.length === moves.length;
  const shown = skipped.slice(0, 3).map((move) => `${told(context.store.view, move)}: ${move.reason ?? ''}`);
  const more = skipped.length > shown.length ? ` and ${skipped.length - shown.length} more` : '';
  const message = `Nothing was moved. ${shown.join('; ')}${more}`;
  const error = new ClockerError('conflict', { message, hint: 'Ask for the moves again: things have changed since.' });
  await endRebalance(context, cloud.id, isNothing ? { taskId, error } : { taskId });
}
