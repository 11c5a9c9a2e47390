import { expect, it } from 'vitest';
import type { EntitySpec } from '@/server/domain/entity/entity-spec.ts';
import { defaultImages, planTree } from './plan-tree.ts';

const spec = (name: string, parts: Partial<EntitySpec> = {}): EntitySpec => ({
  type: 'container',
  name,
  planId: null,
  path: name,
  location: null,
  config: {},
  children: [],
  memberSpec: null,
  ...parts,
});

const TYPES = [{ id: 'haproxy', configSchema: { properties: { 'docker.image.name': { type: 'string', default: 'haproxy:2.6' } } } }];

it('lists entities in order, members below their cluster', () => {
  const member = spec('web-member', { config: { 'docker.image.name': 'nginx', 'docker.image.tag': '1.27' } });
  const cluster = spec('web', { type: 'cluster', config: { 'cluster.initial.size': 3 }, memberSpec: member });
  const lines = planTree(spec('shop', { children: [cluster, spec('lb', { type: 'haproxy' })] }), defaultImages(TYPES));
  expect(lines.map(({ name, depth, size, image }) => [name, depth, size, image])).toEqual([
    ['web', 0, 3, null],
    ['web-member', 1, null, 'nginx:1.27'],
    ['lb', 0, null, 'haproxy:2.6'],
  ]);
});
