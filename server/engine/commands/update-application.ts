import type { BlueprintParts } from '../../domain/blueprint/blueprint-input.ts';
import type { Application, RolloutSettings } from '../../domain/entity/application.ts';
import type { EntitySpec, LocationSpec } from '../../domain/entity/entity-spec.ts';
import type { TaskCause } from '../../domain/entity/task.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { ApplicationId, EntityId, RolloutId } from '../../domain/shared/ids.ts';
import type { Draft, StoreView } from '../../ports/store.ts';
import { applyGeneration, DEFAULT_ROLLOUT, startRollout } from '../apply-generation.ts';
import type { ContainerHashes } from '../changed-containers.ts';
import { makesClouds, requireMachines } from '../clouds/deploy-clouds.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { newId } from '../new-id.ts';
import { pruneTasks } from '../prune-tasks.ts';
import { settleApplicationNetworks } from '../sdn/application-networks.ts';
import { requireGuarded } from '../sdn/unguarded-networks.ts';
import { requireSoftwarePlaces } from '../software/deploy-software.ts';
import { gatherArtifacts } from '../sources/gather-artifacts.ts';
import { newTask } from '../task-runner.ts';
import { requirePlan } from './plan-blueprint.ts';
import { readRolloutConfig } from './read-rollout-config.ts';
import { requireApplication } from './require-record.ts';
import { requireSecretsOf } from './secrets/require-secrets.ts';

const ALL = Number.MAX_SAFE_INTEGER;

export interface UpdateInput {
  readonly applicationId: ApplicationId;
  readonly text: string;
  readonly parts?: BlueprintParts | undefined;
  /** The generation that the caller has seen: with any other the update is refused. */
  readonly expectedGeneration: number;
  readonly rollout?: { readonly [K in keyof RolloutSettings]?: RolloutSettings[K] | undefined } | undefined;
}

export interface Updated {
  readonly rolloutId: RolloutId;
  readonly generation: number;
}

/**
 * Makes a new blueprint text the next generation and begins its rollout.
 * @throws ClockerError not-found | conflict | conflict.stale | blueprint.invalid | input.invalid | network.refused
 */
export async function updateApplication(context: EngineContext, cause: TaskCause, input: UpdateInput): Promise<Updated> {
  requireApplication(context.store.view, input.applicationId);
  const { applicationId, text, parts, expectedGeneration } = input;
  const plan = await requirePlan({ text, ...parts }, context);
  const root = await gatherArtifacts(context, plan, parts);
  const settings = toSettings(input.rollout, root);
  return await commitGeneration(context, cause, { applicationId, text, parts, root, reason: 'update', expectedGeneration, settings });
}

/**
 * Makes the text of an earlier generation the next one. @throws ClockerError not-found | conflict
 */
export async function restoreGeneration(
  context: EngineContext,
  cause: TaskCause,
  input: { readonly applicationId: ApplicationId; readonly generation: number; readonly rollout?: UpdateInput['rollout'] },
): Promise<Updated> {
  const { application } = requireApplication(context.store.view, input.applicationId);
  const earlier = context.store.view.get('generation', `${application.id}:${input.generation}`);
  if (!earlier) throw new ClockerError('not-found', { message: `${application.name} has no generation ${input.generation}` });
  const { text, parts, plan: root } = earlier;
  requireSecretsOf(root, context.store.view);
  const reason = `restore of ${input.generation}`;
  const settings = toSettings(input.rollout, root);
  const restored = { applicationId: application.id, text, parts, root, reason };
  return await commitGeneration(context, cause, { ...restored, expectedGeneration: null, settings });
}

interface Putting {
  readonly applicationId: ApplicationId;
  readonly text: string;
  readonly parts: BlueprintParts | undefined;
  readonly root: EntitySpec;
  readonly reason: string;
  readonly expectedGeneration: number | null;
  readonly settings: RolloutSettings;
}

async function commitGeneration(context: EngineContext, cause: TaskCause, input: Putting): Promise<Updated> {
  const { updated, removed } = await durableCommit('application.update', () =>
    context.store.commit((draft) => {
      const { application } = requireApplication(draft, input.applicationId);
      if (input.expectedGeneration !== null) requireGeneration(draft, application, input.expectedGeneration);
      const machines = machinesOf(context, input.root);
      if (machines !== null) draft.put('application', { ...application, machines });
      const title = `${input.reason === 'update' ? 'Update' : 'Restore'} ${application.name}`;
      const put = putGeneration(draft, context, cause, {
        ...input,
        application: draft.get('application', application.id) ?? application,
        title,
      });
      settleApplicationNetworks(draft, context, input);
      requireGuarded(draft, context, application.id);
      return put;
    }),
  );
  for (const id of removed) context.queue.enqueue(`entity:${id}`, 'user');
  return updated;
}

/** Where the hosts of its Docker clouds and the machines of its software come from, where the text says so: machines may have been added. */
function machinesOf(context: EngineContext, root: EntitySpec): readonly LocationSpec[] | null {
  if (makesClouds(context, { root })) return root.locations === undefined ? null : requireMachines(context, { root }, null);
  const { machines } = requireSoftwarePlaces(context, { root }, null);
  return machines.length === 0 ? null : machines;
}

/** A generation that begins to be rolled out. */
export interface NextGeneration extends Omit<Putting, 'applicationId' | 'expectedGeneration'> {
  readonly application: Application;
  /** Of its task, without the number. */
  readonly title: string;
  /** Of the containers before what changes with it; absent where only the blueprint does. */
  readonly hashes?: ContainerHashes;
}

export function putGeneration(
  draft: Draft,
  context: EngineContext,
  cause: TaskCause,
  { settings: wanted, title, ...next }: NextGeneration,
): { readonly updated: Updated; readonly removed: readonly EntityId[] } {
  const { application } = next;
  const taskId = newId<'task'>(context.ids);
  const { number, diff, isRedeclared } = applyGeneration(draft, context, { ...next, by: cause.by, taskId });
  // Half of the containers on the old network and half on the new one would not find each other.
  const settings: RolloutSettings = isRedeclared ? { ...wanted, batch: ALL, order: 'stop-first' } : wanted;
  const rollout = startRollout(draft, context, { application, diff, number, settings, taskId });
  const start = { name: `${title} to generation ${number}`, cause, applicationId: application.id, entityId: application.rootId };
  draft.put('task', newTask(start, { id: taskId, now: context.clock.now(), effect: 'rolled-out' }));
  pruneTasks(draft);
  return { updated: { rolloutId: rollout.id, generation: number }, removed: diff.removed.map((entity) => entity.id) };
}

function requireGeneration(
  view: StoreView,
  { id, name, generation }: { readonly id: ApplicationId; readonly name: string; readonly generation: number },
  expected: number,
): void {
  if (generation === expected) return;
  const latest = view.get('generation', `${id}:${generation}`);
  const when = latest ? ` by ${latest.createdBy} at ${new Date(latest.createdAt).toISOString()} (${latest.reason})` : '';
  throw new ClockerError('conflict.stale', {
    message: `${name} is at generation ${generation} since a change${when}; this update was made for generation ${expected}`,
    hint: 'Load the present blueprint, repeat the change there and update again.',
  });
}

/** What the call says, else what the blueprint's first cluster with `update` says, else the defaults. */
function toSettings(given: UpdateInput['rollout'], root: EntitySpec): RolloutSettings {
  const written = { ...DEFAULT_ROLLOUT, ...readRolloutConfig(root) };
  const settings: RolloutSettings = {
    batch: given?.batch ?? written.batch,
    order: given?.order ?? written.order,
    delayMs: given?.delayMs ?? written.delayMs,
    healthTimeoutMs: given?.healthTimeoutMs ?? written.healthTimeoutMs,
  };
  const isValid = Number.isInteger(settings.batch) && settings.batch >= 1 && settings.delayMs >= 0 && settings.healthTimeoutMs >= 1_000;
  if (isValid) return settings;
  throw new ClockerError('input.invalid', {
    message: 'A rollout needs a batch of 1 or more, no negative delay and at least 1 s to come up',
  });
}
