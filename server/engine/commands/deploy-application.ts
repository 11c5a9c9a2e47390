import type { ApplicationPlan } from '../../domain/blueprint/application-plan.ts';
import type { BlueprintParts } from '../../domain/blueprint/blueprint-input.ts';
import type { LocationSpec } from '../../domain/entity/entity-spec.ts';
import type { TaskCause } from '../../domain/entity/task.ts';
import type { ApplicationId, TaskId } from '../../domain/shared/ids.ts';
import type { Draft } from '../../ports/store.ts';
import { makesClouds, requireMachines } from '../clouds/deploy-clouds.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { newId } from '../new-id.ts';
import { pruneTasks } from '../prune-tasks.ts';
import { requireSoftwarePlaces } from '../software/deploy-software.ts';
import { gatherArtifacts } from '../sources/gather-artifacts.ts';
import { newTask } from '../task-runner.ts';
import { requireLocation, requirePlan } from './plan-blueprint.ts';
import { plantApplication } from './plant-application.ts';

export interface DeployInput {
  readonly text: string;
  readonly parts?: BlueprintParts | undefined;
  /** Named location; without it the blueprint's, else the only cloud. For a Docker cloud and for software where machines come from: `byon:(…)`, `lab` … */
  readonly location?: string | undefined;
  /** Instead of the blueprint's. */
  readonly name?: string | undefined;
  /** A second call with the same key by the same caller gives the application that the first one made. */
  readonly idempotencyKey?: string | undefined;
}

export interface Deployed {
  readonly applicationId: ApplicationId;
  readonly taskId: TaskId;
}

/**
 * Writes an application with its whole tree in one commit; controllers start it.
 * @throws ClockerError blueprint.invalid | input.invalid | not-found (location)
 */
export async function deployApplication(context: EngineContext, cause: TaskCause, input: DeployInput): Promise<Deployed> {
  const plan = await requirePlan({ text: input.text, ...input.parts }, context);
  const name = input.name ?? plan.name;
  const { machines, chosen } = whereTo(context, plan, input.location ?? null);
  const keyId = input.idempotencyKey === undefined ? null : `deploy:${cause.by}:${input.idempotencyKey}`;
  const gathered = await gatherArtifacts(context, plan, input.parts);
  const now = context.clock.now();

  return await durableCommit('application.deploy', () =>
    context.store.commit((draft) => {
      const earlier = keyId === null ? null : deployedBefore(draft, keyId);
      if (earlier) return earlier;
      const applicationId = newId<'application'>(context.ids);
      const taskId = newId<'task'>(context.ids);
      const { rootId } = plantApplication(draft, context, {
        ...{ applicationId, taskId, name, now, by: cause.by, text: input.text, parts: input.parts, root: gathered },
        location: chosen,
        ...(machines.length === 0 ? {} : { machines }),
      });
      const start = { name: `Deploy ${name}`, cause, applicationId, entityId: rootId };
      draft.put('task', newTask(start, { id: taskId, now, effect: 'running' }));
      pruneTasks(draft);
      if (keyId !== null) draft.put('lease', { id: keyId, ownerId: applicationId, at: now });
      return { applicationId, taskId };
    }),
  );
}

interface Whereto {
  readonly machines: readonly LocationSpec[];
  /** Null for the first Docker cloud of its own; empty where nothing of it is for a cloud. */
  readonly chosen: string | null;
}

function whereTo(context: EngineContext, plan: ApplicationPlan, wanted: string | null): Whereto {
  if (makesClouds(context, plan)) return { machines: requireMachines(context, plan, wanted), chosen: null };
  const { machines, needsCloud } = requireSoftwarePlaces(context, plan, wanted);
  const named = machines.length > 0 ? null : (wanted ?? plan.location);
  return { machines, chosen: needsCloud ? requireLocation(context.store.view, named) : '' };
}

function deployedBefore(draft: Draft, keyId: string): Deployed | null {
  const ownerId = draft.get('lease', keyId)?.ownerId;
  const application = ownerId ? draft.get('application', ownerId) : undefined;
  const taskId = application && draft.get('entity', application.rootId)?.taskId;
  return application && taskId ? { applicationId: application.id, taskId } : null;
}
