import { QUARANTINE_GROUP } from '../domain/cluster/members.ts';
import type { Entity } from '../domain/entity/entity.ts';
import type { EntitySpec } from '../domain/entity/entity-spec.ts';
import { plantEntities } from '../domain/entity/plant-entities.ts';
import { ClockerError } from '../domain/shared/clocker-error.ts';
import type { Draft, StoreView } from '../ports/store.ts';
import { configOf } from './config-of.ts';
import type { EngineContext } from './engine-context.ts';
import { newId } from './new-id.ts';
import { isKeptAside } from './restart-members.ts';
import { destroySubtree, subtreeOf } from './subtree.ts';

/** So many failed members a cluster keeps; of more, the oldest go. */
const MOST_KEPT = 10;

export interface SettingAside {
  readonly cluster: Entity;
  /** Members that did not come up, with the reason of each. */
  readonly failed: ReadonlyMap<Entity, string>;
  /** True where they stood in the place of others. */
  readonly isSizeKept: boolean;
}

/**
 * Members that did not come up are none any more, and the cluster is as much smaller: nothing is made in their place until it is asked for.
 * They are stopped and kept in the quarantine of the cluster, or removed where it wants none: then the error is for who wanted them.
 */
export function setAside(context: EngineContext, draft: Draft, { cluster, failed, isSizeKept }: SettingAside): ClockerError | null {
  const now = context.clock.now();
  const source = { view: draft, types: context.plugins.entityTypes };
  const isKept = configOf(cluster, 'dynamiccluster.quarantineFailedEntities', source) !== false;
  for (const [member, reason] of failed) {
    if (!isKept) destroySubtree(draft, member, { now, taskId: cluster.taskId, removeVolumes: false });
    else quarantine(draft, member, { reason, now });
  }
  const latest = draft.get('entity', cluster.id) ?? cluster;
  const names = [...failed].map(([{ name }, reason]) => `${name}: ${reason}`).join('; ');
  const start = isSizeKept ? {} : startProblem(context, draft, latest, { names, count: failed.size });
  const size = isSizeKept ? latest.size : Math.max(0, (latest.size ?? 0) - failed.size);
  draft.put('entity', { ...latest, size, problems: { ...latest.problems, ...start } });
  if (isKept) dropOldest(draft, latest, now);
  if (isKept && quarantineOf(draft, cluster) === undefined) plantQuarantine(context, draft, latest);
  if (isKept) return null;
  return new ClockerError('container.not-ready', {
    message: `${failed.size} of ${cluster.name} did not come up and went. ${names}`,
    hint: 'Set dynamiccluster.quarantineFailedEntities to true to keep what failed and look at it.',
  });
}

function quarantine(draft: Draft, member: Entity, { reason, now }: { readonly reason: string; readonly now: number }): void {
  for (const part of subtreeOf(draft, member)) {
    if (part.goal === 'destroyed') continue;
    const problems = part.id === member.id ? { quarantine: reason } : {};
    draft.put('entity', {
      ...part,
      goal: 'stopped',
      expected: { state: 'STOPPED', at: now },
      problems,
      question: null,
      waitingFor: null,
      waits: {},
      ...(part.id === member.id ? { quarantine: { reason, at: now } } : {}),
    });
  }
}

function dropOldest(draft: Draft, cluster: Entity, now: number): void {
  const kept = draft.childrenOf(cluster.id).filter((child) => child.quarantine !== undefined && child.goal !== 'destroyed');
  const surplus = kept.sort((a, b) => (b.slot ?? 0) - (a.slot ?? 0)).slice(MOST_KEPT);
  for (const member of surplus) destroySubtree(draft, member, { now, taskId: null, removeVolumes: false });
}

/** Brooklyn’s rule: a start that leaves fewer than the initial quorum has failed; a later growth that falls short leaves the cluster as it is. */
function startProblem(
  context: EngineContext,
  draft: Draft,
  cluster: Entity,
  { names, count }: { readonly names: string; readonly count: number },
): Readonly<Record<string, string>> {
  const task = cluster.taskId ? draft.get('task', cluster.taskId) : undefined;
  if (task !== undefined && GROWTH.includes(task.call?.effector ?? '')) return {};
  const needed = initialQuorumOf(context, draft, cluster);
  const left = Math.max(0, (cluster.size ?? 0) - count);
  return left >= needed ? {} : { 'initial-quorum': `${left} of its first ${needed} members have started at most. ${names}` };
}

/** Effectors that fail where any member does; a start is judged by its quorum. */
export const GROWTH: readonly string[] = ['resize', 'resizeByDelta', 'replaceMember'];

/** Members that a start of the cluster needs; `cluster.initial.quorumSize` of −1, or none, is all of the initial size. */
export function initialQuorumOf({ plugins }: Pick<EngineContext, 'plugins'>, view: StoreView, cluster: Entity): number {
  const source = { view, types: plugins.entityTypes };
  const given = Number(configOf(cluster, 'cluster.initial.quorumSize', source) ?? -1);
  if (given >= 0) return given;
  const initial = Number(configOf(cluster, 'cluster.initial.size', source) ?? 1);
  return Number.isFinite(initial) ? initial : 1;
}

/** The group of what a cluster keeps aside; undefined while it never had to. */
export function quarantineOf(view: Pick<StoreView, 'childrenOf'>, cluster: Entity): Entity | undefined {
  return view.childrenOf(cluster.id).find(({ type, goal, slot }) => type === QUARANTINE_GROUP && slot === null && goal !== 'destroyed');
}

function plantQuarantine(context: EngineContext, draft: Draft, cluster: Entity): void {
  const spec: EntitySpec = {
    type: QUARANTINE_GROUP,
    name: 'Quarantine',
    planId: null,
    path: `${cluster.path}/quarantine`,
    location: null,
    config: {},
    children: [],
    memberSpec: null,
  };
  const planting = {
    applicationId: cluster.applicationId,
    parentId: cluster.id,
    generation: cluster.generation,
    goal: 'running',
    taskId: null,
    now: context.clock.now(),
    nextId: () => newId<'entity'>(context.ids),
  } as const;
  for (const entity of plantEntities(spec, planting)) draft.put('entity', entity);
}

/**
 * Takes members out of quarantine, as new: they count again, and the cluster is as much larger. Those for which it has no room stay. The
 * problem of a start that fell short goes with the first.
 */
export function release(context: EngineContext, draft: Draft, kept: readonly Entity[]): readonly Entity[] {
  const released: Entity[] = [];
  for (const { id, parentId } of kept) {
    const member = draft.get('entity', id);
    const cluster = parentId === null ? undefined : draft.get('entity', parentId);
    if (member?.quarantine === undefined || cluster === undefined || cluster.goal === 'destroyed') continue;
    const most = Number(
      configOf(cluster, 'cluster.max.size', { view: draft, types: context.plugins.entityTypes }) ?? Number.POSITIVE_INFINITY,
    );
    if ((cluster.size ?? 0) >= most) continue;
    const { quarantine: _, ...free } = member;
    const { 'initial-quorum': __, ...problems } = cluster.problems;
    draft.put('entity', { ...cluster, size: (cluster.size ?? 0) + 1, problems });
    draft.put('entity', free);
    released.push(free);
  }
  return released;
}

/** @throws ClockerError conflict for what is in quarantine still once all was released that has room, and for part of it */
export function requireReleased(draft: Draft, { id, name }: Entity): void {
  const entity = draft.get('entity', id);
  if (entity === undefined || !isKeptAside(draft, entity)) return;
  if (entity.quarantine === undefined) {
    throw new ClockerError('conflict', {
      message: `${name} is part of what is in quarantine`,
      hint: 'Start the member that it is part of.',
    });
  }
  throw new ClockerError('conflict', {
    message: `${name} is in quarantine, and its cluster has as many members as it may have`,
    hint: 'Raise cluster.max.size or remove a member first; expungeMembers of the quarantine removes it.',
  });
}
