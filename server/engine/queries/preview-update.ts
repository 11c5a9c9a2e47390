import type { BlueprintParts } from '../../domain/blueprint/blueprint-input.ts';
import type { Application } from '../../domain/entity/application.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { EntitySpec } from '../../domain/entity/entity-spec.ts';
import { cloudNamed } from '../../domain/entity/location.ts';
import type { Planting } from '../../domain/entity/plant-entities.ts';
import type { SpecDiff } from '../../domain/entity/spec-diff.ts';
import type { EntityId } from '../../domain/shared/ids.ts';
import { canonicalJson } from '../../domain/shared/json.ts';
import { applyGeneration } from '../apply-generation.ts';
import type { EngineContext } from '../engine-context.ts';
import { decidePreviewed, type PreviewedDecision, plantMembers } from './preview-placement.ts';

/**
 * `restarted`: its container is replaced by another. `changed`: in place, nothing stops. `resized`: members come or go.
 * What a removed entity has in volumes stays.
 */
export type UpdateEffect = 'added' | 'removed' | 'restarted' | 'changed' | 'resized';

export interface PreviewedChange {
  readonly effect: UpdateEffect;
  /** Null for what is not there yet. */
  readonly entityId: string | null;
  readonly name: string;
  /** Its place in the blueprint, new or old: `web/member`. */
  readonly path: string;
  /** Members before and after, of what is resized. */
  readonly sizes?: { readonly from: number; readonly to: number };
}

export interface UpdatePreview {
  readonly changes: readonly PreviewedChange[];
  /** Where containers that come would go now. */
  readonly placement: readonly PreviewedDecision[];
}

export interface PreviewedUpdate {
  readonly application: Application;
  readonly text: string;
  readonly parts: BlueprintParts | undefined;
  readonly root: EntitySpec;
}

/** What an update would do to what runs: the very generation that it would put, on a draft that is thrown away. */
export function previewUpdate(context: EngineContext, { application, text, parts, root }: PreviewedUpdate): UpdatePreview {
  return context.store.preview((draft) => {
    const artifacts = draft.get('generation', `${application.id}:${application.generation}`)?.plan.artifacts;
    const before = new Map(draft.entitiesOf(application.id).map((entity) => [entity.id, entity]));
    const next = { ...root, ...(artifacts ? { artifacts } : {}) };
    const { diff } = applyGeneration(draft, context, { application, text, parts, root: next, by: '', reason: 'preview', taskId: null });
    const added = draft.entitiesOf(application.id).filter(({ id }) => !before.has(id));
    const clusters = [...added, ...diff.kept.map(({ entity }) => entity)];
    const members = plantMembers(clusters, draft, { context, planting: plantingIn(application, context) });
    const cloud = cloudNamed(draft, application.location);
    return {
      changes: [
        ...diff.kept.flatMap((one) => keptChange(one, draft.get('entity', one.entity.id))),
        ...added.map(({ name, path }): PreviewedChange => ({ effect: 'added', entityId: null, name, path })),
        ...diff.removed.map(({ id, name, path }): PreviewedChange => ({ effect: 'removed', entityId: id, name, path })),
      ],
      placement: cloud ? decidePreviewed(context, draft, cloud, [...added, ...members]) : [],
    };
  });
}

function plantingIn({ id, generation }: Application, context: EngineContext): Planting {
  let count = 0;
  return {
    applicationId: id,
    parentId: null,
    generation: generation + 1,
    goal: 'running',
    taskId: null,
    now: context.clock.now(),
    nextId: () => `preview-${count++}` as EntityId,
  };
}

function keptChange({ entity, spec, changed }: SpecDiff['kept'][number], after: Entity | undefined): readonly PreviewedChange[] {
  const { id: entityId, name, path, size, goal, instanceId } = entity;
  const at = { entityId, name, path };
  if (after && size !== null && after.size !== null && after.size !== size)
    return [{ ...at, effect: 'resized', sizes: { from: size, to: after.size } }];
  if (changed && goal === 'running' && instanceId !== null) return [{ ...at, effect: 'restarted' }];
  return changed || ownText(entity.spec) !== ownText(spec) ? [{ ...at, effect: 'changed' }] : [];
}

/** All that is written of it but for what has entities of its own. */
function ownText({ children: _, memberSpec: __, firstMemberSpec: ___, artifacts: ____, location: _____, ...own }: EntitySpec): string {
  return canonicalJson(own);
}
