import { z } from 'zod';
import { coerceParameters } from '../../domain/adjunct/effector-definition.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { TaskCause } from '../../domain/entity/task.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { EntityId, TaskId } from '../../domain/shared/ids.ts';
import { LARGEST_CLUSTER } from '../cluster-size.ts';
import { addedEffectors, effectorsOf, type FoundEffector } from '../effectors/added-effectors.ts';
import { runAddedEffector } from '../effectors/run-added-effector.ts';
import type { EngineContext } from '../engine-context.ts';
import { addMember, removeMember, rescanEntities } from './change-group.ts';
import { type EffectorTask, resizeByDelta, resizeEntity, restartEntity, startEntity, stopEntity } from './entity-effectors.ts';
import { expungeMembers } from './expunge-members.ts';
import { releaseMachine } from './hosts/release-machine.ts';
import { replaceMember } from './replace-member.ts';
import { requireEntity } from './require-record.ts';

export interface InvokeInput {
  readonly entityId: EntityId;
  readonly effector: string;
  readonly parameters: unknown;
  /** See `EffectorCall`. */
  readonly taskId?: TaskId;
  /** Of the task that has called it. */
  readonly parentId?: TaskId;
  /** `<entity id> <effector>` of the added effectors that have called it: what one has taken the place of is its own by then. */
  readonly via?: readonly string[];
}

const noParameters = z.object({});
const resizeParameters = z.object({ desiredSize: z.coerce.number().int().min(0).max(LARGEST_CLUSTER) });
const deltaParameters = z.object({ delta: z.coerce.number().int().min(-LARGEST_CLUSTER).max(LARGEST_CLUSTER) });
const replaceParameters = z.object({ memberId: z.string().min(1) });
const memberParameters = z.object({ member: z.string().min(1) });
const releaseParameters = z.object({ force: z.boolean().default(false), afterwards: z.enum(['replace', 'shrink']).default('replace') });

/** Calls an effector by its name. @throws ClockerError not-found (entity, effector) | conflict | input.invalid (parameters) */
export async function invokeEffector(context: EngineContext, cause: TaskCause, input: InvokeInput): Promise<EffectorTask> {
  const { entityId, effector } = input;
  const call = {
    entityId,
    ...(input.taskId === undefined ? {} : { taskId: input.taskId }),
    ...(input.parentId === undefined ? {} : { parentId: input.parentId }),
  };
  const found = context.store.view.get('entity', entityId);
  // A host that is being given back may have to be let go by force.
  const entity = effector === 'release' && found ? found : requireEntity(context.store.view, entityId);
  const added = addedEffectors(context, entity).findLast(({ naming }) => naming.name === effector);
  if (added && !(input.via ?? []).includes(`${entityId} ${effector}`))
    return await callAdded(context, cause, { input, entity, found: added });
  const defined = context.plugins.entityTypes.get(entity.type)?.effectors ?? [];
  const definition = defined.find((one) => one.name === effector);
  if (definition) requireParameters(definition.parameters, input);
  switch (effector) {
    case 'start':
      requireParameters(noParameters, input);
      return await startEntity(context, cause, call);
    case 'stop':
      requireParameters(noParameters, input);
      return await stopEntity(context, cause, call);
    case 'restart':
      requireParameters(noParameters, input);
      return await restartEntity(context, cause, call);
    case 'resize':
      return await resizeEntity(context, cause, { ...call, size: requireParameters(resizeParameters, input).desiredSize });
    case 'resizeByDelta':
      return await resizeByDelta(context, cause, { ...call, delta: requireParameters(deltaParameters, input).delta });
    case 'replaceMember':
      return await replaceMember(context, cause, { ...call, memberId: requireParameters(replaceParameters, input).memberId });
    case 'addMember':
      return await addMember(context, cause, { ...call, ...requireParameters(memberParameters, input) });
    case 'removeMember':
      return await removeMember(context, cause, { ...call, ...requireParameters(memberParameters, input) });
    case 'rescanEntities':
      return await rescanEntities(context, cause, call);
    case 'expungeMembers':
      return await expungeMembers(context, cause, call);
    case 'release':
      return await releaseMachine(context, cause, { ...requireParameters(releaseParameters, input), entityId });
    default:
      throw new ClockerError('not-found', {
        message: `${entity.name} has no effector ${effector}`,
        hint: `It has: ${[...new Set(['start', 'stop', 'restart', ...effectorsOf(context, entity).map((one) => one.name)])].join(', ')}.`,
      });
  }
}

interface AddedCall {
  readonly input: InvokeInput;
  readonly entity: Entity;
  readonly found: FoundEffector;
}

async function callAdded(context: EngineContext, cause: TaskCause, { input, entity, found }: AddedCall): Promise<EffectorTask> {
  const { taskId, parentId, via = [] } = input;
  const parameters = coerceParameters(input.parameters ?? {}, found.naming);
  requireParameters(found.definition.parameters, { ...input, parameters });
  return await runAddedEffector(context, {
    cause,
    entity,
    found,
    parameters,
    taskId,
    parentId,
    via,
    call: ({ cause: by, ...step }) => invokeEffector(context, by, step),
  });
}

function requireParameters<T>(schema: z.ZodType<T>, { effector, parameters }: InvokeInput): T {
  const parsed = schema.safeParse(parameters ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'parameters'}: ${issue.message}`).join('; ');
  throw new ClockerError('input.invalid', { message: `${effector}: ${problems}` });
}
