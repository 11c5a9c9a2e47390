import type { Host } from '../../domain/entity/host.ts';
import { ClockerError, toClockerError } from '../../domain/shared/clocker-error.ts';
import type { EntityId, HostId } from '../../domain/shared/ids.ts';
import type { Draft } from '../../ports/store.ts';
import { removeHost } from '../commands/hosts/remove-host.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { markMoves, withoutMove } from '../move-marks.ts';
import { type DrainedEntity, drainPreview } from '../queries/drain-preview.ts';
import { commitProgress, endTask } from '../task-runner.ts';

/** So many groups of entities leave a host at the same time. */
const MOST_LEAVING = 2;
const LOOK_MS = 2_000;

/** Empties hosts that are drained (key `drain:<host id>`): marks what is to leave, group by group, and ends once nothing does any more. */
export function registerDrainController(context: EngineContext): void {
  const { queue, store } = context;
  queue.register('drain', async (id) => {
    const host = store.view.get('host', id);
    if (!host?.drain) return;
    const all = drainPreview(context, store.view, host);
    const leaving = all.filter(({ entity }) => entity.moveFrom === host.id && entity.moveTo === undefined);
    const emptying = containersLeft(context, host);
    const next = nextToLeave(all, leaving, MOST_LEAVING - emptying);
    if (next.length > 0) await durableCommit('host.drain', () => store.commit((draft) => markLeaving(draft, host.id, next)));
    await showProgress(context, host, all);
    const isOver =
      next.length === 0 &&
      leaving.length === 0 &&
      !all.some(({ verdict }) => verdict.leaves) &&
      emptying === 0 &&
      !hasNetworks(context, host);
    if (isOver) await finish(context, host, all);
    else queue.lookAgain(`drain:${id}`, context.clock.now() + LOOK_MS);
  });
}

/** Entities of the next groups that may leave now. */
function nextToLeave(all: readonly DrainedEntity[], leaving: readonly DrainedEntity[], most: number): readonly EntityId[] {
  const taken = new Set<EntityId>(leaving.flatMap(({ entity, group }) => [entity.id, ...group]));
  const next: EntityId[] = [];
  let groups = countGroups(leaving);
  for (const { entity, group, verdict } of all) {
    if (groups >= most) break;
    if (!verdict.leaves || entity.goal === 'destroyed' || taken.has(entity.id)) continue;
    const together = new Set<EntityId>([entity.id, ...group]);
    const going = all.filter((one) => together.has(one.entity.id) && one.verdict.leaves).map((one) => one.entity.id);
    next.push(...going);
    for (const id of together) taken.add(id);
    groups += 1;
  }
  return next;
}

function countGroups(leaving: readonly DrainedEntity[]): number {
  const seen = new Set<EntityId>();
  let count = 0;
  for (const { entity, group } of leaving) {
    if (!seen.has(entity.id)) count += 1;
    for (const id of [entity.id, ...group]) seen.add(id);
  }
  return count;
}

function markLeaving(draft: Draft, hostId: HostId, ids: readonly EntityId[]): void {
  if (!draft.get('host', hostId)?.drain) return;
  markMoves(draft, ids, { from: hostId });
}

/** Containers that others have taken the place of, and that are still there. */
function containersLeft({ store }: EngineContext, host: Host): number {
  return store.view.instancesOn(host.id).filter((instance) => store.view.get('entity', instance.entityId)?.instanceId !== instance.id)
    .length;
}

/** Networks go by themselves once no container is on them; a host is removed after. */
function hasNetworks({ store }: EngineContext, host: Host): boolean {
  if (host.drain?.afterwards !== 'remove' || store.view.instancesOn(host.id).length > 0) return false;
  return [...store.view.all('network').values()].some(({ hostId }) => hostId === host.id);
}

async function showProgress(context: EngineContext, host: Host, all: readonly DrainedEntity[]): Promise<void> {
  const { store } = context;
  const task = host.drain && store.view.get('task', host.drain.taskId);
  if (!task) return;
  const left = all.filter(({ verdict }) => verdict.leaves);
  const waiting = left.find(({ entity }) => entity.moveFrom === host.id && entity.waitingFor?.startsWith('placement'));
  const text = waiting ? `${waiting.entity.name}: ${waiting.entity.waitingFor}` : (lateOf(context, host) ?? `${left.length} to move`);
  const total = Math.max(task.progress?.total ?? 0, left.length);
  await commitProgress(store, task.id, { text, total, fraction: total === 0 ? 1 : 1 - left.length / total });
}

/** What keeps containers on a host whose places others have taken: the host itself, or a replacement that does not serve yet. */
function lateOf({ store }: EngineContext, host: Host): string | null {
  for (const instance of store.view.instancesOn(host.id)) {
    const entity = store.view.get('entity', instance.entityId);
    if (!entity || entity.instanceId === instance.id) continue;
    if (host.state !== 'ready') return `${host.name} is ${host.state}: ${instance.containerName} is removed once it is back`;
    return `${entity.name}: ${entity.waitingFor ?? Object.values(entity.problems)[0] ?? 'its replacement is starting'}`;
  }
  return null;
}

async function finish(context: EngineContext, host: Host, staying: readonly DrainedEntity[]): Promise<void> {
  const { drain } = host;
  if (!drain) return;
  let error: ClockerError | undefined;
  if (staying.length > 0) error = stays(host, staying);
  else if (drain.afterwards === 'remove') {
    try {
      await removeHost(context, { hostId: host.id });
    } catch (caught) {
      error = toClockerError(caught);
    }
  }
  await context.store.commit((draft) => {
    endDrain(draft, host.id);
    endTask(draft, drain.taskId, { failure: error ?? null, now: context.clock.now() });
  });
  await context.tasks.finish(drain.taskId, error === undefined ? {} : { error });
}

/** The host stays cordoned. */
export function endDrain(draft: Draft, hostId: HostId): void {
  const host = draft.get('host', hostId);
  if (host) {
    const { drain: _, ...rest } = host;
    draft.put('host', rest);
  }
  for (const entity of draft.all('entity').values()) {
    if (entity.moveFrom === hostId && entity.moveTo === undefined) draft.put('entity', withoutMove(entity));
  }
}

function stays(host: Host, staying: readonly DrainedEntity[]): ClockerError {
  const shown = staying.slice(0, 3).map(({ entity, verdict }) => `${entity.name} ${verdict.leaves ? '' : verdict.why}`);
  const more = staying.length > 3 ? ` and ${staying.length - 3} more` : '';
  const message = `${staying.length} ${staying.length === 1 ? 'stays' : 'stay'} on ${host.name}: ${shown.join('; ')}${more}`;
  return new ClockerError('conflict', { message, hint: 'Stop or delete these, or let them be: the host stays cordoned.' });
}
