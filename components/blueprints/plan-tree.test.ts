import { expect, it } from 'vitest';
import type { EntitySpec } from '@/server/domain/entity/entity-spec.ts';
import { planTree } from './plan-tree.ts';

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

const DEFAULTS = new Map([
  ['haproxy', { name: 'haproxy', tag: '2.6' }],
  ['mariadb', { name: 'mariadb', tag: '10.11' }],
]);

const load = (config: EntitySpec['config']) => spec('lb', { type: 'haproxy', config });

it('lists entities in order, members below their cluster', () => {
  const member = spec('web-member', { config: { 'docker.image.name': 'nginx', 'docker.image.tag': '1.27' } });
  const cluster = spec('web', { type: 'cluster', config: { 'cluster.initial.size': 3 }, memberSpec: member });
  const lines = planTree(spec('shop', { children: [cluster, load({})] }), DEFAULTS);
  expect(lines.map(({ name, depth, size, image }) => [name, depth, size, image])).toEqual([
    ['web', 0, 3, null],
    ['web-member', 1, null, 'nginx:1.27'],
    ['lb', 0, null, 'haproxy:2.6'],
  ]);
});

it('shows the image that will be pulled, whatever of it the blueprint says', () => {
  const imageOf = (one: EntitySpec) => planTree(spec('shop', { children: [one] }), DEFAULTS)[0]?.image;
  expect(imageOf(spec('db', { type: 'mariadb' }))).toBe('mariadb:10.11');
  expect(imageOf(load({ 'docker.image.tag': '2.8' }))).toBe('haproxy:2.8');
  expect(imageOf(load({ 'docker.image.name': 'registry.example.org:5000/team/haproxy' }))).toBe(
    'registry.example.org:5000/team/haproxy:2.6',
  );
  expect(imageOf(load({ 'docker.image.name': 'haproxy:3.0' }))).toBe('haproxy:3.0');
});
