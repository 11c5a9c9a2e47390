import { expect, it } from 'vitest';
import type { EntityShape, InstanceShape } from './estate-shape.ts';
import { linksAt, linksUpTo, type Reference, referencesAround, referencesOf } from './topology-references.ts';

const anEntity = (id: string, { parentId = null as string | null, uses = [] as readonly (readonly [string, string])[] } = {}) =>
  ({
    ...{ id, planId: id, applicationId: 'shop', parentId },
    references: uses.map(([planId, label]) => ({ planId, label })),
  }) as unknown as EntityShape;
const anInstance = (entityId: string) => ({ id: `i-${entityId}`, entityId }) as unknown as InstanceShape;
const aGroup = (name: string, size: number, uses: readonly (readonly [string, string])[] = []) => {
  const ids = Array.from({ length: size }, (_, index) => `${name}-${index}`);
  return { entities: [anEntity(name), ...ids.map((id) => anEntity(id, { parentId: name, uses }))], instances: ids.map(anInstance) };
};
const pairs = (references: readonly Reference[]) => linksUpTo(references, 60)?.map(({ from, to, labels }) => [from, to, labels.join()]);

it('keeps two clusters of 1,000 that refer to each other as one reference, and makes no arrow of the million', () => {
  const [web, data] = [aGroup('web', 1_000, [['data', 'host.address']]), aGroup('data', 1_000)];
  const references = referencesOf([...web.entities, ...data.entities], [...web.instances, ...data.instances]);
  expect(references.map(({ from, to, label }) => [from.size, to.size, label])).toEqual([[1_000, 1_000, 'host.address']]);
  expect(linksUpTo(references, 60)).toBeNull();
  expect(linksAt(references, ['i-web-7'])).toHaveLength(1_000);
  expect(linksAt(references, ['i-web-7', 'i-data-3'])).toHaveLength(1_999);
});

it('makes one arrow of all that a pair is referred to by, and none to oneself', () => {
  const uses = [
    ['pool', 'url'],
    ['pool', 'members'],
    ['pool-1', 'port'],
  ] as const;
  const pool = aGroup('pool', 2, uses);
  const references = referencesOf([...pool.entities, anEntity('lb', { uses })], [...pool.instances, anInstance('lb')]);
  expect(pairs(references)?.toSorted()).toEqual([
    ['i-lb', 'i-pool-0', 'members,url'],
    ['i-lb', 'i-pool-1', 'members,port,url'],
    ['i-pool-0', 'i-pool-1', 'members,port,url'],
    ['i-pool-1', 'i-pool-0', 'members,url'],
  ]);
  expect(
    linksAt(references, ['i-pool-1'])
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(['i-lb→i-pool-1', 'i-pool-0→i-pool-1', 'i-pool-1→i-pool-0']);
});

it('leaves around some what others alone refer to', () => {
  const references = [{ from: new Set(['a', 'b']), to: new Set(['c', 'd']), label: 'url' }];
  expect(pairs(referencesAround(references, new Set(['a', 'd'])))?.toSorted()).toEqual([
    ['a', 'c', 'url'],
    ['a', 'd', 'url'],
    ['b', 'd', 'url'],
  ]);
  expect(referencesAround(references, new Set(['e']))).toEqual([]);
});
