import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { BlueprintType, TypeRegistry } from '../blueprint/type-registry.ts';
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
      : Array.from({ length: entity.size }, (_, slot) =>
          plantMember(entity, { slot: slot + 1, isFirst: slot === 0 }, { ...planting, parentId: entity.id }),
        ).flat(),
  );
  return [...entities, ...members];
}

function diff(before: EntitySpec, after: EntitySpec) {
  const entities = plant(before);
  const [root] = entities;
  if (!root) throw new Error('nothing planted');
  const result = diffSpecs(root, after, { types: TYPES, childrenOf: (entity) => entities.filter((one) => one.parentId === entity.id) });
  return {
    changed: result.kept.filter((one) => one.changed).map((one) => one.entity.name),
    kept: result.kept.map((one) => one.entity.name),
    added: result.added.map((one) => `${one.parent.name} ${one.spec.path}`),
    removed: result.removed.map((one) => one.name),
  };
}

const TYPES: TypeRegistry = new Map<string, BlueprintType>([
  [
    'docker-container',
    {
      ...{ id: 'docker-container', title: 'Container', aliases: [], kind: 'container', flags: {}, sensors: [] },
      config: z.object({ image: z.string(), 'docker.container.environment': z.record(z.string(), z.string()) }),
    },
  ],
]);

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

  it('changes those that take from above what changed there, and no others', () => {
    const web = spec('web', { config: { image: 'one' } });
    const cache = spec('cache', { type: 'cache' });
    const above = (config: EntitySpec['config']): EntitySpec => ({ ...app([web, cache]), config });
    expect(diff(above({ image: 'zero' }), above({ image: 'two' })).changed).toEqual(['app']);
    const env = (value: string) => above({ 'docker.container.environment': { A: value } });
    expect(diff(env('1'), env('2')).changed).toEqual(['app', 'web']);
    expect(diff(env('1'), env('1')).changed).toEqual([]);
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
