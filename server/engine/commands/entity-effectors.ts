import { NO_CRASH } from '../../domain/entity/crash-back-off.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { TaskCause, TaskEffect } from '../../domain/entity/task.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { EntityId, TaskId } from '../../domain/shared/ids.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { Draft, StoreView } from '../../ports/store.ts';
import { applicationsOn } from '../clouds/applications-on.ts';
import { cloudOf, membersOf, toMember } from '../clouds/cloud-hosts.ts';
import { LARGEST_CLUSTER } from '../cluster-size.ts';
import { type ConfigSource, configOf } from '../config-of.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { newId } from '../new-id.ts';
import { pruneTasks } from '../prune-tasks.ts';
import { restartDependants } from '../restart-dependants.ts';
import { isKeptAside, markSequential, restartSubtree } from '../restart-members.ts';
import { release, requireReleased } from '../set-aside.ts';
import { subtreeOf } from '../subtree.ts';
import { newTask } from '../task-runner.ts';
import { requireEntity } from './require-record.ts';

export interface EffectorCall {
  readonly entityId: EntityId;
  /** Of the task that it becomes; where there is one by it already, it was called before, and nothing is done. A new id unless given. */
  readonly taskId?: TaskId;
  /** Of the task that has called it. */
  readonly parentId?: TaskId;
}

export interface EffectorTask {
  readonly taskId: TaskId;
}

/** Starts an entity and all below it; what failed before is tried anew at once. @throws ClockerError not-found | conflict */
export async function startEntity(context: EngineContext, cause: TaskCause, call: EffectorCall): Promise<EffectorTask> {
  return await callEffector(context, cause, { ...call, verb: 'Start', effect: 'running' }, (draft, entity, taskId) => {
    const expected = { state: 'RUNNING', at: context.clock.now() } as const;
    release(context, draft, subtreeOf(draft, entity));
    requireReleased(draft, entity);
    for (const { awaitsRestart: _, ...each } of stayingBelow(draft, entity)) {
      if (isKeptAside(draft, each)) continue;
      const isUp = each.goal === 'running' && each.actual === 'RUNNING';
      const actual = isUp ? each.actual : 'STARTING';
      // What ended by itself and was to stay so is wanted once more.
      const restartSerial = each.restartSerial + (hasEndedByItself(draft, each) ? 1 : 0);
      draft.put('entity', { ...each, goal: 'running', expected, actual, restartSerial, crash: NO_CRASH, problems: {}, waits: {}, taskId });
    }
  });
}

/** Stops an entity and all below it; containers and volumes stay. @throws ClockerError not-found | conflict */
export async function stopEntity(context: EngineContext, cause: TaskCause, call: EffectorCall): Promise<EffectorTask> {
  return await callEffector(context, cause, { ...call, verb: 'Stop', effect: 'stopped' }, (draft, entity, taskId) => {
    const expected = { state: 'STOPPED', at: context.clock.now() } as const;
    for (const { awaitsRestart: _, ...each } of [...onClouds(draft, entity), ...stayingBelow(draft, entity)]) {
      if (isKeptAside(draft, each)) continue;
      draft.put('entity', { ...each, goal: 'stopped', expected, question: null, waitingFor: null, problems: {}, taskId });
    }
  });
}

/** Stops and starts every container below; stopped ones are started. @throws ClockerError not-found | conflict */
export async function restartEntity(context: EngineContext, cause: TaskCause, call: EffectorCall): Promise<EffectorTask> {
  return await callEffector(context, cause, { ...call, verb: 'Restart', effect: 'running' }, (draft, entity, taskId) => {
    const source = { view: draft, types: context.plugins.entityTypes };
    requireRestart(entity, source);
    restartDependants(draft, stayingBelow(draft, entity));
    markSequential(draft, entity, source);
    restartSubtree(draft, entity, { now: context.clock.now(), taskId });
  });
}

/** Wants another number of members. @throws ClockerError not-found | conflict | input.invalid (no cluster, out of range) */
export async function resizeEntity(
  context: EngineContext,
  cause: TaskCause,
  { size, ...call }: EffectorCall & { readonly size: number },
): Promise<EffectorTask> {
  const given = { ...call, verb: 'Resize', effect: 'running', parameters: { desiredSize: size } } as const;
  return await callEffector(context, cause, given, (draft, entity, taskId) => {
    resize(context, draft, entity, { size: () => size, taskId });
  });
}

/** So many members more, or fewer where it is below 0. @throws ClockerError as of `resizeEntity` */
export async function resizeByDelta(
  context: EngineContext,
  cause: TaskCause,
  { delta, ...call }: EffectorCall & { readonly delta: number },
): Promise<EffectorTask> {
  const given = { ...call, verb: 'Resize', effect: 'running', effector: 'resizeByDelta', parameters: { delta } } as const;
  return await callEffector(context, cause, given, (draft, entity, taskId) => {
    resize(context, draft, entity, { size: (now) => now + delta, taskId });
  });
}

interface Resizing {
  readonly size: (now: number) => number;
  readonly taskId: TaskId;
}

/** As Brooklyn’s: what is beyond the most is cut off without a word, unless the cluster is that large already. */
function resize(context: EngineContext, draft: Draft, entity: Entity, { size, taskId }: Resizing): void {
  const source = { view: draft, types: context.plugins.entityTypes };
  const cluster = clusterOf(draft, entity, source.types);
  const wanted = withinMost(cluster, size(cluster.size ?? 0), source);
  requireSize(cluster, wanted, source);
  const { 'initial-quorum': _, ...problems } = cluster.problems;
  draft.put('entity', { ...cluster, size: wanted, problems, taskId });
}

/** @throws ClockerError capacity.exhausted where the cluster is as large as it may be already */
function withinMost(cluster: Entity, size: number, source: ConfigSource): number {
  const most = source.types.get(cluster.type)?.kind === 'cloud' ? undefined : configOf(cluster, 'cluster.max.size', source);
  const now = cluster.size ?? 0;
  if (typeof most !== 'number' || size <= most || size > LARGEST_CLUSTER || size <= now) return size;
  if (now < most) return most;
  throw new ClockerError('conflict', {
    message: `${cluster.name} has ${now} members, and may have no more`,
    hint: 'cluster.max.size in the blueprint sets the limit.',
  });
}

/** @throws ClockerError conflict where a cluster is never to be restarted, and for what is in quarantine */
function requireRestart(entity: Entity, source: ConfigSource): void {
  if (isKeptAside(source.view, entity)) {
    const hint = 'Start the member that is kept there: it is a member again then.';
    throw new ClockerError('conflict', { message: `${entity.name} is in quarantine`, hint });
  }
  if (entity.size === null || configOf(entity, 'dynamiccluster.restartMode', source) !== 'off') return;
  throw new ClockerError('conflict', {
    message: `${entity.name} is not to be restarted as a whole (dynamiccluster.restartMode: off)`,
    hint: 'Restart its members one by one, or stop and start it.',
  });
}

export interface Call extends EffectorCall {
  readonly verb: string;
  /** Its name, where that is not the verb. */
  readonly effector?: string;
  readonly effect: TaskEffect;
  readonly parameters?: JsonObject;
}

/** One commit: what is wanted, and the task that stays open until it is reached. */
export async function callEffector(
  context: EngineContext,
  cause: TaskCause,
  { entityId, verb, effect, parentId, effector = verb.toLowerCase(), parameters = {}, taskId = newId<'task'>(context.ids) }: Call,
  change: (draft: Draft, entity: Entity, taskId: TaskId) => void,
): Promise<EffectorTask> {
  const touched: EntityId[] = [];
  await durableCommit(`entity.${verb.toLowerCase()}`, () =>
    context.store.commit((draft) => {
      if (draft.get('task', taskId)) return;
      const entity = requireEntity(draft, entityId);
      change(draft, entity, taskId);
      touched.push(...subtreeOf(draft, entity).map((each) => each.id));
      const { applicationId } = entity;
      const call = { effector, parameters };
      const start = { name: `${verb} ${entity.name}`, cause, applicationId, entityId, parentId: parentId ?? null, call };
      draft.put('task', newTask(start, { id: taskId, now: context.clock.now(), effect }));
      pruneTasks(draft);
    }),
  );
  for (const id of touched) context.queue.enqueue(`entity:${id}`, 'user');
  return { taskId };
}

/** What is made of a cluster and others is resized as that. */
function clusterOf(draft: Draft, entity: Entity, types: ConfigSource['types']): Entity {
  if (entity.size !== null || types.get(entity.type)?.compose === undefined) return entity;
  const cluster = draft
    .childrenOf(entity.id)
    .find(({ path, size, goal }) => path === `${entity.path}/cluster` && size !== null && goal !== 'destroyed');
  return cluster ?? entity;
}

/** What runs on the Docker clouds at or below an entity, of other applications: it stops with them. */
function onClouds(draft: Draft, entity: Entity): readonly Entity[] {
  return subtreeOf(draft, entity).flatMap(({ id, applicationId }) => {
    const cloud = cloudOf(draft, id);
    const applications = cloud ? applicationsOn(draft, cloud, applicationId) : [];
    return applications.flatMap(({ rootId }) => {
      const root = draft.get('entity', rootId);
      return root ? stayingBelow(draft, root) : [];
    });
  });
}

/** A host with containers is never given back: the size can only go as low as that. */
function requireEmptyHosts(view: StoreView, cloud: Entity, size: number): void {
  const used = membersOf(view, cloud).filter((member) => toMember(view, member).state === 'used');
  if (size >= used.length) return;
  throw new ClockerError('conflict', {
    message: `${cloud.name} cannot have ${size} hosts: ${used.length} have containers or volumes on them`,
    hint: 'Drain hosts first, or delete what runs there.',
  });
}

function hasEndedByItself(draft: Draft, { instanceId }: Entity): boolean {
  const instance = instanceId ? draft.get('instance', instanceId) : undefined;
  return instance !== undefined && (instance.state === 'exited' || instance.state === 'lost') && instance.stoppingSince === null;
}

function stayingBelow(draft: Draft, entity: Entity): readonly Entity[] {
  return subtreeOf(draft, draft.get('entity', entity.id) ?? entity).filter((each) => each.goal !== 'destroyed');
}

function requireSize(entity: Entity, size: number, source: ConfigSource): void {
  if (entity.size === null) throw new ClockerError('input.invalid', { message: `${entity.name} is no cluster: it has no size` });
  const isCloud = source.types.get(entity.type)?.kind === 'cloud';
  const maxKey = isCloud ? 'docker.host.cluster.max.size' : 'cluster.max.size';
  const configured = configOf(entity, maxKey, source);
  if (isCloud) requireEmptyHosts(source.view, entity, size);
  const largest = typeof configured === 'number' ? Math.min(configured, LARGEST_CLUSTER) : LARGEST_CLUSTER;
  if (Number.isInteger(size) && size >= 0 && size <= largest) return;
  throw new ClockerError('input.invalid', {
    message: `${entity.name} cannot have ${size} members: a whole number from 0 to ${largest} is needed`,
    hint: largest < LARGEST_CLUSTER ? `${maxKey} in the blueprint sets the limit.` : 'Split it into several clusters.',
  });
}
