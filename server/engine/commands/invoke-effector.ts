import { z } from 'zod';
import type { Entity } from '../../domain/entity/entity.ts';
import type { TaskCause } from '../../domain/entity/task.ts';
import type { EffectorDefinition } from '../../domain/entity-types/type-members.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { EntityId } from '../../domain/shared/ids.ts';
import { LARGEST_CLUSTER } from '../cluster-size.ts';
import type { EngineContext } from '../engine-context.ts';
import { type EffectorTask, resizeEntity, restartEntity, startEntity, stopEntity } from './entity-effectors.ts';
import { releaseMachine } from './hosts/release-machine.ts';
import { requireEntity } from './require-record.ts';

export interface InvokeInput {
  readonly entityId: EntityId;
  readonly effector: string;
  readonly parameters: unknown;
}

const noParameters = z.object({});
const resizeParameters = z.object({ desiredSize: z.coerce.number().int().min(0).max(LARGEST_CLUSTER) });

const releaseParameters = z.object({ force: z.boolean().default(false), afterwards: z.enum(['replace', 'shrink']).default('replace') });

/** Those that the engine does; what a type declares besides is not made yet. */
const DONE: ReadonlySet<string> = new Set(['start', 'stop', 'restart', 'resize', 'release']);

/** The effectors of an entity that can be called, as its type declares them. */
export function effectorsOf({ plugins }: Pick<EngineContext, 'plugins'>, { type }: Pick<Entity, 'type'>): readonly EffectorDefinition[] {
  const declared = plugins.entityTypes.get(type)?.effectors ?? [];
  return declared.filter(({ name }) => DONE.has(name));
}

/** Calls an effector by its name. @throws ClockerError not-found (entity, effector) | conflict | input.invalid (parameters) */
export async function invokeEffector(context: EngineContext, cause: TaskCause, input: InvokeInput): Promise<EffectorTask> {
  const { entityId, effector } = input;
  const found = context.store.view.get('entity', entityId);
  // A host that is being given back may have to be let go by force.
  const entity = effector === 'release' && found ? found : requireEntity(context.store.view, entityId);
  const defined = context.plugins.entityTypes.get(entity.type)?.effectors ?? [];
  const definition = defined.find((one) => one.name === effector);
  if (definition) requireParameters(definition.parameters, input);
  switch (effector) {
    case 'start':
      requireParameters(noParameters, input);
      return await startEntity(context, cause, { entityId });
    case 'stop':
      requireParameters(noParameters, input);
      return await stopEntity(context, cause, { entityId });
    case 'restart':
      requireParameters(noParameters, input);
      return await restartEntity(context, cause, { entityId });
    case 'resize':
      return await resizeEntity(context, cause, { entityId, size: requireParameters(resizeParameters, input).desiredSize });
    case 'release':
      return await releaseMachine(context, cause, { ...requireParameters(releaseParameters, input), entityId });
    default:
      throw new ClockerError('not-found', {
        message: `${entity.name} has no effector ${effector}`,
        hint: `It has: ${[...new Set(['start', 'stop', 'restart', ...defined.map((one) => one.name)])].join(', ')}.`,
      });
  }
}

function requireParameters<T>(schema: z.ZodType<T>, { effector, parameters }: InvokeInput): T {
  const parsed = schema.safeParse(parameters ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'parameters'}: ${issue.message}`).join('; ');
  throw new ClockerError('input.invalid', { message: `${effector}: ${problems}` });
}
