import { expect, it } from 'vitest';
import { anEntity } from '../../testing/records.ts';
import { driftOf } from './drift-of.ts';
import type { Entity } from './entity.ts';

const cluster = (size: number, more: Partial<Entity> = {}) => {
  const member = { type: 'container', name: 'web', config: {}, children: [], memberSpec: null };
  const spec = { type: 'cluster', name: 'web', config: { 'cluster.initial.size': 2 }, children: [], memberSpec: member };
  return anEntity({ id: 'web' as never, size, spec: spec as never, goal: 'running', ...more });
};
const texts = (...entities: Entity[]) => {
  const [first] = entities;
  const table = new Map(entities.map((entity) => [String(entity.id), entity]));
  return driftOf(first?.applicationId ?? '', { entity: table, instance: new Map() }).map(({ kind, text }) => `${kind}: ${text}`);
};

it('tells sizes that were set by hand, and none that are as written', () => {
  expect(texts(cluster(2))).toEqual([]);
  expect(texts(cluster(3))).toEqual(['resized: 3 members, 2 are written']);
});

it('tells what was stopped by itself, not all that is below it', () => {
  const web = cluster(2, { goal: 'stopped' });
  const member = anEntity({ id: 'web-1' as never, parentId: web.id, goal: 'stopped', spec: { memberSpec: null } as never });
  expect(texts(web, member)).toEqual(['stopped: stopped by hand']);
});

it('passes over what is on its way out', () => {
  expect(texts(cluster(3, { goal: 'destroyed' }))).toEqual([]);
});
