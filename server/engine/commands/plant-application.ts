import type { BlueprintParts } from '../../domain/blueprint/blueprint-input.ts';
import type { Application } from '../../domain/entity/application.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { EntitySpec } from '../../domain/entity/entity-spec.ts';
import { plantEntities } from '../../domain/entity/plant-entities.ts';
import type { ApplicationId, EntityId, TaskId } from '../../domain/shared/ids.ts';
import type { Draft } from '../../ports/store.ts';
import { makeClouds } from '../clouds/deploy-clouds.ts';
import { putPlanted } from '../cluster-size.ts';
import type { EngineContext } from '../engine-context.ts';
import { newId } from '../new-id.ts';
import { settleApplicationNetworks } from '../sdn/application-networks.ts';

export interface NewApplication {
  readonly applicationId: ApplicationId;
  /** Carried by its entities. */
  readonly taskId: TaskId;
  readonly name: string;
  readonly text: string;
  readonly parts: BlueprintParts | undefined;
  readonly root: EntitySpec;
  /** Null for the first Docker cloud of its own. */
  readonly location: string | null;
  readonly machines?: NonNullable<Application['machines']>;
  readonly now: number;
  readonly by: string;
}

/** An application of one generation with its whole tree, to run. */
export function plantApplication(
  draft: Draft,
  context: EngineContext,
  given: NewApplication,
): { readonly rootId: EntityId; readonly entities: readonly Entity[] } {
  const { applicationId, taskId, name, now } = given;
  const root = { ...given.root, name, location: given.location };
  const entities = plantEntities(root, {
    ...{ applicationId, parentId: null, generation: 1, goal: 'running', taskId, now },
    nextId: () => newId<'entity'>(context.ids),
  });
  const rootId = entities[0]?.id ?? newId<'entity'>(context.ids);
  putPlanted(draft, entities, context.plugins.entityTypes);
  const location = given.location ?? makeClouds(draft, context, entities) ?? '';
  putLocation(draft, rootId, location);
  draft.put('application', {
    ...{ id: applicationId, name, rootId, generation: 1, location, createdAt: now, createdBy: given.by, rolloutId: null },
    ...(given.machines && { machines: given.machines }),
  });
  settleApplicationNetworks(draft, context, { applicationId, root });
  draft.put('generation', {
    ...{ id: `${applicationId}:1`, applicationId, number: 1, text: given.text, ...(given.parts ? { parts: given.parts } : {}) },
    ...{ plan: { ...root, location }, createdAt: now, createdBy: given.by, reason: 'deploy' },
  });
  return { rootId, entities };
}

/** All that says nothing else runs where the root does. */
function putLocation(draft: Draft, rootId: EntityId, location: string): void {
  const root = draft.get('entity', rootId);
  if (root) draft.put('entity', { ...root, spec: { ...root.spec, location } });
}
