import { isMember } from '../domain/cluster/members.ts';
import { NO_CRASH } from '../domain/entity/crash-back-off.ts';
import type { Entity } from '../domain/entity/entity.ts';
import { isCompleted, isEntityUp } from '../domain/entity/service-state.ts';
import type { TaskId } from '../domain/shared/ids.ts';
import type { Draft, StoreView } from '../ports/store.ts';
import { type ConfigSource, configOf } from './config-of.ts';
import { subtreeOf } from './subtree.ts';

export interface Restarting {
  readonly now: number;
  readonly taskId: TaskId | null;
}

/** Stops and starts what is at or below an entity and is to stay. What is in quarantine, or has to wait for its turn, is left as it is. */
export function restartSubtree(draft: Draft, root: Entity, { now, taskId }: Restarting): void {
  for (const { id } of atTurn(draft, root)) {
    const each = draft.get('entity', id);
    if (!each || each.goal === 'destroyed' || isKeptAside(draft, each)) continue;
    const { awaitsRestart: _, ...entity } = each;
    const isUp = each.goal === 'running' && each.actual === 'RUNNING';
    draft.put('entity', {
      ...entity,
      goal: 'running',
      expected: { state: 'RUNNING', at: now },
      actual: isUp ? each.actual : 'STARTING',
      restartSerial: each.restartSerial + 1,
      crash: NO_CRASH,
      problems: {},
      waits: {},
      taskId: taskId ?? each.taskId,
    });
  }
}

function atTurn(view: Pick<StoreView, 'childrenOf'>, root: Entity): readonly Entity[] {
  const children = view.childrenOf(root.id).filter(({ awaitsRestart }) => awaitsRestart === undefined);
  return [root, ...children.flatMap((child) => atTurn(view, child))];
}

/** In quarantine, or part of what is. */
export function isKeptAside(view: Pick<StoreView, 'get'>, entity: Entity): boolean {
  return isAtOrBelow(view, entity, ({ quarantine }) => quarantine !== undefined);
}

/** Whether an entity, or any above it, is one that is looked for. */
export function isAtOrBelow(view: Pick<StoreView, 'get'>, entity: Entity, isSought: (entity: Entity) => boolean): boolean {
  for (let at: Entity | undefined = entity; at; at = at.parentId === null ? undefined : view.get('entity', at.parentId)) {
    if (isSought(at)) return true;
  }
  return false;
}

/** All members but the first of clusters that restart them one after the other, at or below an entity: they wait for their turn. */
export function markSequential(draft: Draft, root: Entity, source: ConfigSource): void {
  for (const cluster of subtreeOf(draft, root)) {
    if (cluster.size === null || configOf(cluster, 'dynamiccluster.restartMode', source) !== 'sequential') continue;
    const members = inOrder(draft.childrenOf(cluster.id));
    for (const member of members.slice(1)) draft.put('entity', { ...member, awaitsRestart: true });
  }
}

export interface RestartTurn {
  readonly next: readonly Entity[];
  /** They keep running as they are: one before them did not come back. */
  readonly givenUp: readonly Entity[];
}

/**
 * The one that waits whose turn it is, once nobody else of the cluster is on its way; none where one has failed, as in Brooklyn, or while what
 * the cluster is part of waits itself.
 */
export function restartTurn(view: StoreView, cluster: Entity, children: readonly Entity[]): RestartTurn {
  const members = inOrder(children);
  const waiting = members.filter(({ awaitsRestart }) => awaitsRestart);
  if (waiting.length === 0 || isAtOrBelow(view, cluster, ({ awaitsRestart }) => awaitsRestart === true)) return { next: [], givenUp: [] };
  const parts = members.filter((member) => !waiting.includes(member)).flatMap((member) => subtreeOf(view, member));
  if (parts.some(({ goal, actual }) => goal === 'running' && actual === 'ON_FIRE')) return { next: [], givenUp: waiting };
  return { next: parts.every((part) => isRestarted(view, part)) ? waiting.slice(0, 1) : [], givenUp: [] };
}

/** They wait no more, nor does what is below them. */
export function keepRunning(draft: Draft, members: readonly Entity[]): void {
  for (const { awaitsRestart, ...kept } of members.flatMap((member) => subtreeOf(draft, member))) {
    if (awaitsRestart) draft.put('entity', kept);
  }
}

function isRestarted(view: StoreView, entity: Entity): boolean {
  if (entity.goal !== 'running' || isCompleted(entity)) return true;
  const instance = entity.instanceId ? view.get('instance', entity.instanceId) : undefined;
  return isEntityUp(entity) && entity.actual === 'RUNNING' && (instance === undefined || instance.restartSerial >= entity.restartSerial);
}

function inOrder(children: readonly Entity[]): readonly Entity[] {
  return children.filter((child) => child.goal !== 'destroyed' && isMember(child)).sort((a, b) => (a.slot ?? 0) - (b.slot ?? 0));
}
