import type { BlueprintParts } from '../../domain/blueprint/blueprint-input.ts';
import type { TaskCause } from '../../domain/entity/task.ts';
import type { ApplicationId, TaskId } from '../../domain/shared/ids.ts';
import type { Draft } from '../../ports/store.ts';
import { makesClouds, requireMachines } from '../clouds/deploy-clouds.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { newId } from '../new-id.ts';
import { pruneTasks } from '../prune-tasks.ts';
import { newTask } from '../task-runner.ts';
import { requireLocation, requirePlan } from './plan-blueprint.ts';
import { plantApplication } from './plant-application.ts';

export interface DeployInput {
  readonly text: string;
  readonly parts?: BlueprintParts | undefined;
  /** Named location; without it the blueprint's, else the only cloud. For a Docker cloud where its hosts come from: `byon:(…)`, `lab` … */
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
  const machines = makesClouds(context, plan) ? requireMachines(context, plan, input.location ?? null) : null;
  const chosen = machines === null ? requireLocation(context.store.view, input.location ?? plan.location) : null;
  const keyId = input.idempotencyKey === undefined ? null : `deploy:${cause.by}:${input.idempotencyKey}`;
  const now = context.clock.now();

  return await durableCommit('application.deploy', () =>
    context.store.commit((draft) => {
      const earlier = keyId === null ? null : deployedBefore(draft, keyId);
      if (earlier) return earlier;
      const applicationId = newId<'application'>(context.ids);
      const taskId = newId<'task'>(context.ids);
      const { rootId } = plantApplication(draft, context, {
        ...{ applicationId, taskId, name, now, by: cause.by, text: input.text, parts: input.parts, root: plan.root },
        location: chosen,
        ...(machines === null || machines.length === 0 ? {} : { machines }),
      });
      const start = { name: `Deploy ${name}`, cause, applicationId, entityId: rootId };
      draft.put('task', newTask(start, { id: taskId, now, effect: 'running' }));
      pruneTasks(draft);
      if (keyId !== null) draft.put('lease', { id: keyId, ownerId: applicationId, at: now });
      return { applicationId, taskId };
    }),
  );
}

function deployedBefore(draft: Draft, keyId: string): Deployed | null {
  const ownerId = draft.get('lease', keyId)?.ownerId;
  const application = ownerId ? draft.get('application', ownerId) : undefined;
  const taskId = application && draft.get('entity', application.rootId)?.taskId;
  return application && taskId ? { applicationId: application.id, taskId } : null;
}
