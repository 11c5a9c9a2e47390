import type { BlueprintParts } from '../domain/blueprint/blueprint-input.ts';
import type { Application, Rollout, RolloutSettings } from '../domain/entity/application.ts';
import { inDependencyOrder } from '../domain/entity/dependency-order.ts';
import type { Entity } from '../domain/entity/entity.ts';
import type { EntitySpec } from '../domain/entity/entity-spec.ts';
import { plantEntities } from '../domain/entity/plant-entities.ts';
import { diffSpecs, type SpecDiff } from '../domain/entity/spec-diff.ts';
import { ClockerError } from '../domain/shared/clocker-error.ts';
import type { EntityId, TaskId } from '../domain/shared/ids.ts';
import { canonicalJson } from '../domain/shared/json.ts';
import type { Draft } from '../ports/store.ts';
import { type ContainerHashes, hashesOfReaders, withChangedReaders } from './changed-containers.ts';
import { initialSizeOf, putPlanted } from './cluster-size.ts';
import type { ConfigSource } from './config-of.ts';
import type { EngineContext } from './engine-context.ts';
import { newId } from './new-id.ts';
import { restartSubtree } from './restart-members.ts';
import { release } from './set-aside.ts';
import { sharedThingsOf, tiesOf } from './shared-things.ts';

export const DEFAULT_ROLLOUT: RolloutSettings = { batch: 1, order: 'stop-first', delayMs: 0, healthTimeoutMs: 120_000 };

export interface NewGeneration {
  readonly application: Application;
  readonly text: string;
  readonly parts: BlueprintParts | undefined;
  readonly root: EntitySpec;
  readonly by: string;
  readonly reason: string;
  readonly taskId: TaskId | null;
  /** Of the containers before; absent takes those of now. */
  readonly hashes?: ContainerHashes | undefined;
}

/** Puts generation n+1: its text, its specs on the entities that stay, its new entities; those that it lacks are to go, volumes kept. */
export function applyGeneration(
  draft: Draft,
  context: EngineContext,
  input: NewGeneration,
): { readonly number: number; readonly diff: SpecDiff; readonly isRedeclared: boolean } {
  const { application, text, parts, by, reason } = input;
  const plan = { ...input.root, location: application.location };
  const now = context.clock.now();
  const root = draft.get('entity', application.rootId);
  if (!root) throw new ClockerError('not-found', { message: `Application ${application.name} is gone` });
  const number = application.generation + 1;
  const isRedeclared = declared(root.spec) !== declared(plan);
  const types = context.plugins.entityTypes;
  const source = { view: draft, types };
  const diff = diffSpecs(root, plan, { types, childrenOf: (entity) => draft.childrenOf(entity.id) });
  const sizes = new Map(diff.kept.map(({ entity }) => [entity.id, initialSizeOf(entity, source)]));
  const hashes = input.hashes ?? hashesOfReaders(diff.kept, draft, context);
  draft.put('generation', {
    id: `${application.id}:${number}`,
    applicationId: application.id,
    number,
    text,
    ...(parts ? { parts } : {}),
    plan,
    createdAt: now,
    createdBy: by,
    reason,
  });
  for (const { entity, spec } of diff.kept) {
    const name = entity.slot === null ? spec.name : entity.name;
    const { planId, type } = spec;
    draft.put('entity', { ...entity, name, planId, type, spec, generation: number, granted: number });
  }
  for (const { entity } of diff.kept) {
    const latest = draft.get('entity', entity.id);
    if (latest) draft.put('entity', { ...latest, size: sizeAfter(latest, sizes.get(entity.id) ?? null, source) });
  }
  tryAnew(draft, context, { kept: diff.kept, now, taskId: input.taskId });
  for (const { parent, spec } of diff.added) {
    const goal = parent.goal === 'stopped' ? 'stopped' : 'running';
    const nextId = (): EntityId => newId<'entity'>(context.ids);
    const planting = {
      applicationId: application.id,
      parentId: parent.id,
      generation: number,
      goal,
      taskId: input.taskId,
      now,
      nextId,
    } as const;
    putPlanted(draft, plantEntities(spec, planting), types);
  }
  for (const entity of diff.removed) draft.put('entity', { ...entity, goal: 'destroyed', expected: { state: 'DESTROYED', at: now } });
  draft.put('application', { ...application, name: plan.name, generation: number });
  const kept = withChangedReaders(diff.kept, hashes, draft, context).map((one) => {
    return { ...one, changed: one.changed || (isRedeclared && sharesThings(one.entity, source)) };
  });
  return { number, diff: { ...diff, kept }, isRedeclared };
}

interface Anew extends Pick<SpecDiff, 'kept'> {
  readonly now: number;
  readonly taskId: TaskId | null;
}

/** Members in quarantine that are another thing now than what failed. */
function tryAnew(draft: Draft, context: EngineContext, { kept, now, taskId }: Anew): void {
  const changed = kept.filter(({ changed: isChanged }) => isChanged).map(({ entity }) => entity);
  const roots = changed.flatMap((entity) => quarantinedAbove(draft, entity) ?? []);
  for (const member of release(context, draft, [...new Set(roots)])) {
    const { goal = 'stopped' } = (member.parentId && draft.get('entity', member.parentId)) || {};
    if (goal === 'running') restartSubtree(draft, member, { now, taskId });
  }
}

function quarantinedAbove(draft: Draft, entity: Entity): Entity | undefined {
  for (let at: Entity | undefined = entity; at; at = at.parentId === null ? undefined : draft.get('entity', at.parentId)) {
    if (at.quarantine !== undefined) return at;
  }
  return undefined;
}

/** How the application makes what its containers share: with another one they are other containers. */
function declared({ config }: EntitySpec): string {
  return canonicalJson([config['docker.networks'], config['docker.volumes']]);
}

function sharesThings({ id }: Entity, source: ConfigSource): boolean {
  const entity = source.view.get('entity', id);
  return entity !== undefined && tiesOf(sharedThingsOf(entity, source)).length > 0;
}

export interface RolloutStart {
  readonly application: Application;
  readonly diff: SpecDiff;
  readonly number: number;
  readonly settings: RolloutSettings;
  readonly taskId: TaskId;
}

/** Holds back the entities whose containers are to be replaced, and grants them batch by batch from now on. */
export function startRollout(draft: Draft, context: EngineContext, start: RolloutStart): Rollout {
  const { application, number, settings, taskId } = start;
  const now = context.clock.now();
  const changed = start.diff.kept.filter((one) => one.changed && one.entity.goal === 'running' && one.entity.instanceId !== null);
  const held = inDependencyOrder(changed.map(({ entity }) => ({ entity: draft.get('entity', entity.id) ?? entity })));
  for (const { entity } of held) {
    const latest = draft.get('entity', entity.id);
    if (latest) draft.put('entity', { ...latest, granted: Math.min(latest.granted, number - 1), taskId });
  }
  supersede(draft, application, { now, number });
  const rollout: Rollout = {
    id: newId<'rollout'>(context.ids),
    applicationId: application.id,
    from: application.generation,
    to: number,
    settings,
    state: 'running',
    message: '',
    taskId,
    startedAt: now,
    endedAt: null,
    steps: held.map(({ entity }) => ({ entityId: entity.id, grantedAt: null, doneAt: null })),
  };
  draft.put('rollout', rollout);
  const latest = draft.get('application', application.id);
  if (latest) draft.put('application', { ...latest, rolloutId: rollout.id });
  return rollout;
}

/** A rollout that is under way gives way to a newer one. */
function supersede(draft: Draft, application: Application, { now, number }: { readonly now: number; readonly number: number }): void {
  const old = application.rolloutId ? draft.get('rollout', application.rolloutId) : undefined;
  if (!old || old.endedAt !== null) return;
  draft.put('rollout', { ...old, state: 'failed', message: `superseded by generation ${number}`, endedAt: now });
}

/** A resize by hand stays, unless the blueprint itself now asks for another size than `before`. */
function sizeAfter(entity: Entity, before: number | null, source: ConfigSource): number | null {
  const after = initialSizeOf(entity, source);
  return after === null || before !== after ? after : entity.size;
}
