import type { ApplicationPlan } from '../../domain/blueprint/application-plan.ts';
import { type ConfigMap, type ConfigValue, isDeferred } from '../../domain/blueprint/config-value.ts';
import { isMember } from '../../domain/cluster/members.ts';
import { BARE_CONTAINER, type ContainerSpec } from '../../domain/entity/container-spec.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { Cloud } from '../../domain/entity/host.ts';
import { cloudNamed } from '../../domain/entity/location.ts';
import { type Planting, plantEntities, plantMember } from '../../domain/entity/plant-entities.ts';
import type { PlacementDecision } from '../../domain/placement/placement.ts';
import type { ApplicationId, EntityId } from '../../domain/shared/ids.ts';
import type { Draft } from '../../ports/store.ts';
import { putPlanted } from '../cluster-size.ts';
import { decideHost } from '../controllers/placement-decide.ts';
import { createHostBoard } from '../controllers/placement-hosts.ts';
import { resolveContainer } from '../desired-container.ts';
import type { EngineContext } from '../engine-context.ts';
import { entityKind } from '../entity-kind.ts';
import { whereItRuns } from '../software/where-it-runs.ts';

/** Containers of one plan that are previewed; the others would follow the same rules. */
const MOST = 500;
/** Entities that are looked at for them. */
const MOST_ENTITIES = 20 * MOST;

export interface PreviewedDecision extends PlacementDecision {
  /** What would be placed: the entity's name, numbered in a cluster. */
  readonly name: string;
  /** Its place in the blueprint: `web/member`. */
  readonly path: string;
}

/**
 * Where each container of a plan would go if it were deployed now, with the reasons: the very decision of a deploy, on a draft that is
 * thrown away. Containers on other locations than `location` follow their own. An unknown location previews nothing.
 */
export function previewPlacement(context: EngineContext, plan: ApplicationPlan, location: string): readonly PreviewedDecision[] {
  return context.store.preview((draft) => {
    const cloud = cloudNamed(draft, location);
    if (!cloud) return [];
    return decidePreviewed(context, draft, cloud, plantPlan(context, draft, plan));
  });
}

/** Hosts for those of the entities that are containers, one after the other, each seeing those before it. `draft` has them all. */
export function decidePreviewed(
  context: EngineContext,
  draft: Draft,
  cloud: Cloud,
  entities: readonly Entity[],
): readonly PreviewedDecision[] {
  const at = context.clock.now();
  const board = createHostBoard(context, draft, cloud);
  const containers = entities.filter((entity) => isPlaced(context, draft, entity)).slice(0, MOST);
  const specs = likelySpecs(containers, entities, context, draft);
  return containers.map((entity, index) => {
    const { id: entityId, name, path } = entity;
    const spec = specs.get(entityId) ?? NOTHING_KNOWN;
    const { hostId, explanation } = decideHost(board, { context, cloud, entity, spec });
    if (hostId !== null) board.take(entity, hostId, spec);
    return { id: `preview-${index}`, entityId, name, path, hostId, at, explanation };
  });
}

/** Software on machines is not placed: each has one for itself. */
function isPlaced(context: EngineContext, draft: Draft, entity: Entity): boolean {
  return entityKind(context, entity.type) === 'container' && whereItRuns(context, draft, entity) === 'container';
}

function plantPlan(context: EngineContext, draft: Draft, plan: ApplicationPlan): readonly Entity[] {
  let count = 0;
  const planting: Planting = {
    applicationId: 'preview' as ApplicationId,
    parentId: null,
    generation: 1,
    goal: 'running',
    taskId: null,
    now: context.clock.now(),
    nextId: () => `preview-${count++}` as EntityId,
  };
  const planted = plantEntities(plan.root, planting);
  putPlanted(draft, planted, context.plugins.entityTypes);
  return [...planted, ...plantMembers(planted, draft, { context, planting })];
}

/** The members that clusters lack, with what is in them: what is added on the way may be a cluster itself. */
export function plantMembers(
  clusters: readonly Entity[],
  draft: Draft,
  { context, planting }: { readonly context: EngineContext; readonly planting: Planting },
): readonly Entity[] {
  const looked = clusters.map(({ id }) => id);
  const planted: Entity[] = [];
  for (const id of looked) {
    const cluster = draft.get('entity', id);
    if (cluster?.size == null) continue;
    const there = draft.childrenOf(id).filter((child) => isMember(child) && child.goal !== 'destroyed').length;
    for (let slot = there + 1; slot <= Math.min(cluster.size, MOST) && looked.length < MOST_ENTITIES; slot += 1) {
      const members = plantMember(cluster, { slot, isFirst: slot === 1 }, { ...planting, parentId: cluster.id });
      putPlanted(draft, members, context.plugins.entityTypes);
      looked.push(...members.map((member) => member.id));
      planted.push(...members);
    }
  }
  return planted;
}

/** The containers as far as they can be known before anything runs: what refers to others' sensors is left open. */
function likelySpecs(
  containers: readonly Entity[],
  all: readonly Entity[],
  context: EngineContext,
  draft: Draft,
): ReadonlyMap<string, ContainerSpec> {
  const specs = new Map<string, ContainerSpec>();
  const resolve = (entities: readonly Entity[]): void => {
    for (const { id } of entities) {
      const entity = draft.get('entity', id);
      const known = entity && resolveContainer(entity, draft, context);
      if (known?.kind === 'resolved') specs.set(id, known.spec);
    }
  };
  resolve(containers);
  const unknown = containers.filter(({ id }) => !specs.has(id));
  if (unknown.length === 0) return specs;
  for (const entity of all) draft.put('entity', { ...entity, spec: { ...entity.spec, config: withoutReferences(entity.spec.config) } });
  resolve(unknown);
  return specs;
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
