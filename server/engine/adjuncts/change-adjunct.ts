import { type Adjunct, type AttachedAdjunct, attachedTo } from '../../domain/adjunct/adjunct.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { TaskCause } from '../../domain/entity/task.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { EntityId } from '../../domain/shared/ids.ts';
import type { Draft, StoreView } from '../../ports/store.ts';
import { requireEntity } from '../commands/require-record.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { recordOf } from './highlights.ts';

export interface AdjunctRef {
  readonly entityId: EntityId;
  /** Of the adjunct within its entity. */
  readonly key: string;
}

export interface FoundAdjunct {
  readonly entity: Entity;
  readonly attached: AttachedAdjunct;
  readonly record: Adjunct | undefined;
}

/** @throws ClockerError not-found | conflict (its entity is being removed) */
export function requireAdjunct(view: StoreView, { entityId, key }: AdjunctRef): FoundAdjunct {
  const entity = requireEntity(view, entityId);
  const all = attachedTo(entityId, entity.spec, view.adjunctsOf(entityId));
  const attached = all.find((one) => one.key === key);
  if (!attached) {
    const hint = all.length === 0 ? 'It has none.' : `It has: ${all.map((one) => one.key).join(', ')}.`;
    throw new ClockerError('not-found', { message: `${entity.name} has no policy or enricher ${key}`, hint });
  }
  return { entity, attached, record: view.get('adjunct', attached.id) };
}

/** Changes the record of an adjunct in one commit, and gives what it is then. @throws ClockerError see `requireAdjunct` */
export async function changeAdjunct(
  { store }: Pick<EngineContext, 'store'>,
  { name, ...ref }: AdjunctRef & { readonly name: string },
  change: (record: Adjunct, draft: Draft) => Adjunct,
): Promise<Adjunct> {
  return await durableCommit(`adjunct.${name}`, () =>
    store.commit((draft) => {
      const { entity, attached, record } = requireAdjunct(draft, ref);
      const next = change(recordOf(attached, entity, record), draft);
      draft.put('adjunct', next);
      return next;
    }),
  );
}

export interface Suspending extends AdjunctRef {
  readonly suspended: boolean;
  readonly why: string;
}

/** A policy that is suspended looks on, and says what it would do. @throws ClockerError see `requireAdjunct` */
export async function suspendAdjunct(context: EngineContext, cause: TaskCause, { suspended, why, ...ref }: Suspending): Promise<void> {
  const at = context.clock.now();
  await changeAdjunct(context, { ...ref, name: suspended ? 'suspend' : 'resume' }, (record) => {
    const { suspended: before, ...others } = record;
    if (!suspended) return others;
    return { ...others, suspended: before ?? { by: cause.by, at, why } };
  });
}
