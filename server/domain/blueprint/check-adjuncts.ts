import type { Looking } from '../adjunct/behaviour.ts';
import { writesOf } from '../adjunct/writes-of.ts';
import type { Entity } from '../entity/entity.ts';
import type { AdjunctSpec, EntitySpec } from '../entity/entity-spec.ts';
import { plantEntities } from '../entity/plant-entities.ts';
import type { ApplicationId, EntityId } from '../shared/ids.ts';
import { quoteText } from './findings.ts';
import type { PlanState } from './plan-state.ts';
import { nodesOf, type SpecNode, toSpecTree } from './spec-tree.ts';

/** Each thing is changed by one policy or enricher: two that would, for instance two auto-scalers of a cluster, are told where they stand. */
export function checkAdjuncts(root: EntitySpec, state: PlanState): void {
  const writers = new Map<string, string>();
  const nodes = [...nodesOf(toSpecTree(root))];
  if (nodes.every(({ spec }) => spec.policies === undefined && spec.enrichers === undefined)) return;
  const entities = new Map(nodes.map(({ spec, parent }) => [spec.path, toEntity(spec, parent)]));
  for (const { spec } of nodes) {
    for (const adjunct of [...(spec.enrichers ?? []), ...(spec.policies ?? [])]) {
      const type = state.library.adjunctTypes.get(adjunct.type);
      const self = entities.get(spec.path);
      if (!type?.behaviour?.writes || !self) continue;
      const title = adjunct.name ?? type.title;
      for (const what of writesOf(type, adjunct.config, lookingFrom(self, entities))) {
        const other = writers.get(what);
        if (other === undefined) writers.set(what, title);
        else addConflict(adjunct, { what, title, other }, state);
      }
    }
  }
}

interface Conflict {
  readonly what: string;
  readonly title: string;
  readonly other: string;
}

function addConflict(adjunct: AdjunctSpec, { what, title, other }: Conflict, state: PlanState): void {
  const place = state.attached.get(adjunct);
  if (!place) return;
  const message =
    title === other
      ? `Two of ${quoteText(title)} would change the ${what}.`
      : `${quoteText(title)} and ${quoteText(other)} would change the ${what}.`;
  state.findings.add('adjunct-conflict', { ...place, message });
}

/** As it will be planted, its path in the place of an id. */
function toEntity(spec: EntitySpec, parent: SpecNode | null): Entity {
  const [entity] = plantEntities(
    { ...spec, children: [] },
    {
      applicationId: '' as ApplicationId,
      parentId: parent && (parent.spec.path as EntityId),
      generation: 1,
      goal: 'running',
      taskId: null,
      now: 0,
      nextId: () => spec.path as EntityId,
    },
  );
  if (entity === undefined) throw new Error('a spec plants an entity');
  return entity;
}

function lookingFrom(self: Entity, entities: ReadonlyMap<string, Entity>): Looking {
  const children = (id: string): readonly Entity[] => [...entities.values()].filter(({ parentId }) => parentId === id);
  return {
    now: 0,
    self,
    read: {
      entity: (id) => entities.get(id),
      named: (_, id) => [...entities.values()].find(({ planId }) => planId === id),
      children,
      members: children,
      sensor: () => undefined,
    },
  };
}
