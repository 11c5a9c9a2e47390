import { describe, expect, it } from 'vitest';
import type { Drawing } from '@/server/domain/blueprint-edit/edit-session.ts';
import { startSession } from '@/server/domain/blueprint-edit/edit-session.ts';
import type { EntitySpec } from '@/server/domain/entity/entity-spec.ts';
import { createPlanner, planOf } from '@/server/testing/blueprint-types.ts';
import { keyAround, keysByPath, partPlaces } from './part-paths.ts';
import { withRemoved } from './with-removed.ts';

const plan = await createPlanner();

const SHOP = `name: Shop
services:
- type: cluster
  id: web
  memberSpec:
    type: docker:nginx:1
    brooklyn.children:
    - type: docker:busybox
- type: docker:redis:7
  name: Cache
- type: docker:redis:7
- type: docker:redis:7
- type: mariadb
  id: db
`;

function drawingOf(text: string): Drawing {
  const { drawing } = startSession(text);
  if (drawing === null) throw new Error('nothing is drawn');
  return drawing;
}

const placesOf = (text: string) => partPlaces(drawingOf(text), planOf(plan(text)).root);

function pathsOf({ path, children, memberSpec }: EntitySpec): readonly string[] {
  return [path, ...children.flatMap(pathsOf), ...(memberSpec ? pathsOf(memberSpec) : [])];
}

describe('the places of parts', () => {
  it('are all those of the plan, members known as such', () => {
    const places = placesOf(SHOP);
    expect([...places.values()].map(({ path }) => path).sort()).toEqual([...pathsOf(planOf(plan(SHOP)).root)].sort());
    expect(places.get('#web')).toEqual({ path: 'web', isEach: false });
    const each = [...places.values()].filter(({ isEach }) => isEach);
    expect(each).toHaveLength(2);
    expect(each.every(({ path }) => path.startsWith('web/member'))).toBe(true);
  });

  it('stay with ids and names when the order changes', () => {
    const turned = SHOP.replace(/(- type: mariadb\n {2}id: db\n)/, '').replace('services:\n', 'services:\n- type: mariadb\n  id: db\n');
    expect(placesOf(turned).get('#db')).toEqual({ path: 'db', isEach: false });
  });

  it('lead from what a part brings along to the part', () => {
    const keys = keysByPath(placesOf(SHOP));
    expect(keyAround('web/member/deep/down', keys)).toBe(keys.get('web/member'));
    expect(keyAround('nowhere', keys)).toBeUndefined();
  });
});

describe('a drawing with what was removed', () => {
  it('has it in its box, with its lines, under the key that it had', () => {
    const reads = `${SHOP}  brooklyn.config: { x: '$brooklyn:component("web").attributeWhenReady("y")' }\n`;
    const before = drawingOf(reads);
    const after = drawingOf(SHOP.replace(/- type: mariadb\n {2}id: db\n/, ''));
    const { drawing, removed } = withRemoved(after, before, (key) => key === '#db');
    expect([...removed]).toEqual(['#db']);
    expect(drawing.graph.nodes).toHaveLength(before.graph.nodes.length);
    const [edge] = drawing.graph.edges;
    expect(edge && [drawing.keys.get(JSON.stringify(edge.from)), edge.to && drawing.keys.get(JSON.stringify(edge.to))]).toEqual([
      '#db',
      '#web',
    ]);
  });

  it('takes along what is in it', () => {
    const before = drawingOf(SHOP);
    const after = drawingOf('name: Shop\nservices:\n- type: mariadb\n  id: db\n');
    const places = partPlaces(before, planOf(plan(SHOP)).root);
    const { drawing, removed } = withRemoved(after, before, (key) => key === '#web');
    expect(removed.size).toBe([...places.values()].filter(({ path }) => path.startsWith('web')).length);
    const member = drawing.graph.nodes.find(({ role }) => role === 'member');
    expect(drawing.keys.get(JSON.stringify(member?.parent))).toBe('#web');
  });
});
