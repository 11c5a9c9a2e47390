import type { ConfigMap } from '../domain/blueprint/config-value.ts';
import type { EntityLookup } from '../domain/blueprint/entity-lookup.ts';
import type { Application } from '../domain/entity/application.ts';
import type { Entity } from '../domain/entity/entity.ts';
import type { EntitySpec } from '../domain/entity/entity-spec.ts';
import { anEntity } from './records.ts';

export interface WorldEntity {
  readonly id: string;
  readonly parent?: string;
  readonly planId?: string;
  readonly application?: string;
  readonly type?: string;
  readonly config?: ConfigMap;
  readonly spec?: Partial<EntitySpec>;
  readonly sensors?: Entity['sensors'];
  readonly goal?: Entity['goal'];
  readonly actual?: Entity['actual'];
  readonly waits?: NonNullable<Entity['waits']>;
  readonly slot?: number;
}

export interface World extends EntityLookup {
  of(id: string): Entity;
}

/** Live entities, the older first; those without a parent are roots of applications of the same name. */
export function worldOf(...given: readonly WorldEntity[]): World {
  const entities = given.map((entity, index) => toEntity(entity, index));
  const of = (id: string) => {
    const found = entities.find((entity) => entity.id === id);
    if (found === undefined) throw new Error(`no entity ${id}`);
    return found;
  };
  const roots = entities.filter(({ parentId }) => parentId === null);
  const applications = roots.map(
    (root) => [root.applicationId, { id: root.applicationId, rootId: root.id, location: 'east' } as Application] as const,
  );
  return {
    of,
    get: (_, id) => entities.find((entity) => entity.id === id),
    all: () => new Map(applications),
    childrenOf: (id) => entities.filter((entity) => entity.parentId === id),
    entitiesOf: (id) => entities.filter((entity) => entity.applicationId === id),
  };
}

function toEntity(
  { id, parent, application = 'app', planId, config = {}, spec, type = 'docker-container', slot, ...rest }: WorldEntity,
  index: number,
) {
  return anEntity({
    id,
    parentId: parent ?? null,
    planId: planId ?? null,
    name: id,
    applicationId: application,
    slot: slot ?? null,
    createdAt: index,
    actual: 'RUNNING',
    spec: { type, name: id, planId: planId ?? null, path: id, location: null, config, children: [], memberSpec: null, ...spec },
    ...rest,
    type,
  });
}
