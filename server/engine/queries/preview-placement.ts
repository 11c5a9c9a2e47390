import type { ApplicationPlan } from '../../domain/blueprint/application-plan.ts';
import { type ConfigMap, type ConfigValue, isDeferred } from '../../domain/blueprint/config-value.ts';
import { BARE_CONTAINER, type ContainerSpec } from '../../domain/entity/container-spec.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import { cloudNamed } from '../../domain/entity/location.ts';
import { type Planting, plantEntities, plantMember } from '../../domain/entity/plant-entities.ts';
import type { PlacementDecision } from '../../domain/placement/placement.ts';
import type { ApplicationId, EntityId } from '../../domain/shared/ids.ts';
import { decideHost } from '../controllers/placement-decide.ts';
import { createHostBoard } from '../controllers/placement-hosts.ts';
import { resolveContainer } from '../desired-container.ts';
import type { EngineContext } from '../engine-context.ts';

/** Containers of one plan that are previewed; the others would follow the same rules. */
const MOST = 500;

export interface PreviewedDecision extends PlacementDecision {
  /** What would be placed: the entity's name, numbered in a cluster. */
  readonly name: string;
}

/**
 * Where each container of a plan would go if it were deployed now, with the reasons: the very decision of a deploy, on a draft that is
 * thrown away. Containers on other locations than `location` follow their own. An unknown location previews nothing.
 */
export function previewPlacement(context: EngineContext, plan: ApplicationPlan, location: string): readonly PreviewedDecision[] {
  const at = context.clock.now();
  return context.store.preview((draft) => {
    const cloud = cloudNamed(draft, location);
    if (!cloud) return [];
    const entities = plantPlan(plan, at);
    for (const entity of entities) draft.put('entity', entity);
    const board = createHostBoard(context, draft, cloud);
    const containers = entities.filter((entity) => context.plugins.entityTypes.get(entity.type)?.kind === 'container').slice(0, MOST);
    return containers.map((entity, index) => {
      const spec = likelySpec(entity, context, draft);
      const { hostId, explanation } = decideHost(board, { context, cloud, entity, spec });
      if (hostId !== null) board.take(entity, hostId, spec);
      return { id: `preview-${index}`, entityId: entity.id, name: entity.name, hostId, at, explanation };
    });
  });
}

function plantPlan(plan: ApplicationPlan, now: number): readonly Entity[] {
  let count = 0;
  const planting: Planting = {
    applicationId: 'preview' as ApplicationId,
    parentId: null,
    generation: 1,
    goal: 'running',
    taskId: null,
    now,
    nextId: () => `preview-${count++}` as EntityId,
  };
  const planted = plantEntities(plan.root, planting);
  return planted.flatMap((entity) => [
    entity,
    ...Array.from({ length: Math.min(entity.size ?? 0, MOST) }, (_, slot) =>
      plantMember(entity, slot + 1, { ...planting, parentId: entity.id }),
    ).flat(),
  ]);
}

/** The container as far as it can be known before anything runs: what refers to others' sensors is left open. */
function likelySpec(
  entity: Entity,
  context: EngineContext,
  draft: Parameters<Parameters<EngineContext['store']['preview']>[0]>[0],
): ContainerSpec {
  const known = resolveContainer(entity, draft, context);
  if (known.kind === 'resolved') return known.spec;
  const config = withoutReferences(entity.spec.config);
  const guessed = resolveContainer({ ...entity, spec: { ...entity.spec, config } }, draft, context);
  return guessed.kind === 'resolved' ? guessed.spec : NOTHING_KNOWN;
}

function withoutReferences(config: ConfigMap): ConfigMap {
  const known = (value: ConfigValue): ConfigValue => {
    if (typeof value !== 'object' || value === null) return value;
    if (isDeferred(value)) return '';
    if (Array.isArray(value)) return value.map((item: ConfigValue) => known(item));
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, known(item)]));
  };
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, known(value)]));
}

const NOTHING_KNOWN: ContainerSpec = { ...BARE_CONTAINER, image: '' };
