import { expect, it } from 'vitest';
import { foreignGroups } from './foreign-groups.ts';

const container = (name: string, project: string | null = null, refusal: string | null = null) => {
  return { id: name, name, image: 'nginx', state: 'running', project, refusal };
};

it('puts the containers of a project together, projects first', () => {
  const groups = foreignGroups([container('a'), container('b', 'shop'), container('c', 'blog'), container('d', 'shop')]);
  expect(groups.map(({ kind, name, containers }) => [kind, name, containers.length])).toEqual([
    ['project', 'blog', 1],
    ['project', 'shop', 2],
    ['container', 'a', 1],
  ]);
});

it('says whose fault it is that a project cannot be adopted', () => {
  const [shop, alone] = foreignGroups([container('a', 'shop'), container('b', 'shop', 'it is paused'), container('c', null, 'it is dead')]);
  expect([shop?.refusal, alone?.refusal]).toEqual(['b: it is paused', 'it is dead']);
});
