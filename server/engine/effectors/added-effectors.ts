import type { AddedEffector, EffectorNaming } from '../../domain/adjunct/added-effector.ts';
import { type AttachedAdjunct, attachedTo, givenConfig } from '../../domain/adjunct/adjunct.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { EffectorDefinition } from '../../domain/entity-types/type-members.ts';
import type { EngineContext } from '../engine-context.ts';

export interface FoundEffector {
  readonly attached: AttachedAdjunct;
  readonly effector: AddedEffector;
  readonly naming: EffectorNaming;
  readonly definition: EffectorDefinition;
}

/** Effectors that the blueprint of an entity, or an operator, has added to those of its type. */
export function addedEffectors({ store, plugins }: Pick<EngineContext, 'store' | 'plugins'>, entity: Entity): readonly FoundEffector[] {
  return attachedTo(entity.id, entity.spec, store.view.adjunctsOf(entity.id)).flatMap((attached) => {
    const effector = plugins.adjunctTypes.get(attached.spec.type)?.effector;
    const config = givenConfig(attached, store.view.get('adjunct', attached.id));
    const naming = effector && namingOf(config);
    return effector && naming ? [{ attached, effector, naming, definition: effector.definition(naming) }] : [];
  });
}

/** Those that the engine does; what a type declares besides is not made yet. */
const DONE: ReadonlySet<string> = new Set([
  ...['start', 'stop', 'restart', 'resize', 'resizeByDelta', 'replaceMember', 'release'],
  ...['expungeMembers', 'addMember', 'removeMember', 'rescanEntities'],
]);

/** All that an entity can be asked to do: what is added takes the place of what its type has by that name. */
export function effectorsOf(context: Pick<EngineContext, 'store' | 'plugins'>, entity: Entity): readonly EffectorDefinition[] {
  const own = (context.plugins.entityTypes.get(entity.type)?.effectors ?? []).filter(({ name }) => DONE.has(name));
  const added = addedEffectors(context, entity).map(({ definition }) => definition);
  return [...new Map([...own, ...added].map((each) => [each.name, each])).values()];
}

/** Undefined where an expression gives the name: it is known by none. */
function namingOf(config: Readonly<Record<string, unknown>>): EffectorNaming | undefined {
  const { name, description, parameters } = config;
  if (typeof name !== 'string') return undefined;
  return {
    name,
    ...(typeof description === 'string' ? { description } : {}),
    ...(isParameters(parameters) ? { parameters } : {}),
  };
}

function isParameters(value: unknown): value is NonNullable<EffectorNaming['parameters']> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('$dsl' in value);
}
