import type { ApplicationId, EntityId, TaskId } from '../shared/ids.ts';
import { NO_CRASH } from './crash-back-off.ts';
import type { Entity } from './entity.ts';
import type { EntitySpec } from './entity-spec.ts';

export interface Planting {
  readonly applicationId: ApplicationId;
  readonly parentId: EntityId | null;
  readonly generation: number;
  readonly goal: 'running' | 'stopped';
  readonly taskId: TaskId | null;
  readonly now: number;
  readonly nextId: () => EntityId;
}

/** New entities for a spec and its children, parents first. Members of clusters are added by the cluster itself. */
export function plantEntities(spec: EntitySpec, planting: Planting): readonly Entity[] {
  const entity = newEntity(spec, { ...planting, slot: null });
  return [entity, ...spec.children.flatMap((child) => plantEntities(child, { ...planting, parentId: entity.id }))];
}

/** A member of a cluster with its own children; `isFirst`: the cluster has no other. */
export function plantMember(
  cluster: Entity,
  { slot, isFirst }: { readonly slot: number; readonly isFirst: boolean },
  planting: Planting,
): readonly Entity[] {
  const spec = (isFirst ? cluster.spec.firstMemberSpec : undefined) ?? cluster.spec.memberSpec;
  if (!spec) return [];
  const member = newEntity({ ...spec, name: `${spec.name}-${slot}` }, { ...planting, slot });
  const own: Entity = { ...member, spec };
  return [own, ...spec.children.flatMap((child) => plantEntities(child, { ...planting, parentId: own.id }))];
}

/** `cluster.initial.size` as far as it stands in the spec itself, else 1; null for what is no cluster. */
function initialSize(spec: EntitySpec): number | null {
  if (!spec.memberSpec) return null;
  const size = spec.config['cluster.initial.size'];
  return typeof size === 'number' && Number.isInteger(size) && size >= 0 ? size : 1;
}

function newEntity(spec: EntitySpec, planting: Planting & { readonly slot: number | null }): Entity {
  const { goal, now } = planting;
  return {
    id: planting.nextId(),
    applicationId: planting.applicationId,
    parentId: planting.parentId,
    type: spec.type,
    name: spec.name,
    planId: spec.planId,
    path: spec.path,
    slot: planting.slot,
    size: initialSize(spec),
    spec,
    generation: planting.generation,
    granted: planting.generation,
    goal,
    destroyVolumes: false,
    expected: { state: goal === 'running' ? 'RUNNING' : 'STOPPED', at: now },
    actual: 'CREATED',
    problems: {},
    notUpIndicators: {},
    sensors: {},
    instanceId: null,
    incarnation: 0,
    dataHostId: null,
    waitingFor: null,
    question: null,
    crash: NO_CRASH,
    restartSerial: 0,
    taskId: planting.taskId,
    createdAt: now,
  };
}
