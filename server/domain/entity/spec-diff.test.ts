import { describe, expect, it } from 'vitest';
import type { EntityId } from '../shared/ids.ts';
import type { Entity } from './entity.ts';
import type { EntitySpec } from './entity-spec.ts';
import { plantEntities, plantMember } from './plant-entities.ts';
import { diffSpecs } from './spec-diff.ts';

function spec(path: string, fields: Partial<EntitySpec> = {}): EntitySpec {
  return {
    type: 'docker-container',
    name: path,
    planId: null,
    path,
    location: null,
    config: {},
    children: [],
    memberSpec: null,
    ...fields,
  };
}

function plant(root: EntitySpec): readonly Entity[] {
  let count = 0;
  const planting = {
    ...{ applicationId: 'a' as Entity['applicationId'], parentId: null, generation: 1, goal: 'running' as const, taskId: null, now: 0 },
    nextId: () => `e${++count}` as EntityId,
  };
  const entities = plantEntities(root, planting);
  const members = entities.flatMap((entity) =>
    entity.size === null
      ? []
      : Array.from({ length: entity.size }, (_, slot) => plantMember(entity, slot + 1, { ...planting, parentId: entity.id })).flat(),
  );
  return [...entities, ...members];
}

function diff(before: EntitySpec, after: EntitySpec) {
  const entities = plant(before);
  const [root] = entities;
  if (!root) throw new Error('nothing planted');
  const result = diffSpecs(root, after, (entity) => entities.filter((one) => one.parentId === entity.id));
  return {
    changed: result.kept.filter((one) => one.changed).map((one) => one.entity.name),
    kept: result.kept.map((one) => one.entity.name),
    added: result.added.map((one) => `${one.parent.name} ${one.spec.path}`),
    removed: result.removed.map((one) => one.name),
  };
}

const app = (children: readonly EntitySpec[]): EntitySpec => spec('.', { type: 'application', name: 'app', children });
const cluster = (image: string, size = 2): EntitySpec =>
  spec('web', {
    type: 'dynamic-cluster',
    config: { 'cluster.initial.size': size },
    memberSpec: spec('web/member', { name: 'web', config: { image } }),
  });

describe('diffSpecs', () => {
  it('finds nothing to change between equal blueprints', () => {
    expect(diff(app([cluster('one')]), app([cluster('one')]))).toMatchObject({ changed: [], added: [], removed: [] });
  });

  it('changes every member of a cluster whose member spec changed', () => {
    expect(diff(app([cluster('one')]), app([cluster('two')])).changed).toEqual(['web-1', 'web-2']);
  });

  it('adds and removes by place', () => {
    const result = diff(app([spec('a'), cluster('one')]), app([spec('a'), spec('b')]));
    expect(result).toMatchObject({ kept: ['app', 'a'], added: ['app b'], removed: ['web', 'web-1', 'web-2'] });
  });

  it('replaces an entity whose type is another', () => {
    const result = diff(app([spec('a')]), app([spec('a', { type: 'mariadb' })]));
    expect(result).toMatchObject({ added: ['app a'], removed: ['a'] });
  });
});
