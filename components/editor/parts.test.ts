import { describe, expect, it } from 'vitest';
import type { BlueprintGraph } from '@/server/domain/blueprint-edit/blueprint-graph.ts';
import { startSession } from '@/server/domain/blueprint-edit/edit-session.ts';
import { performChange } from '@/server/domain/blueprint-edit/named-change.ts';
import { connection } from './connect.ts';
import { addChosen, toImageName } from './new-part.ts';
import { draggedPart } from './palette.tsx';
import { findPart, type PartType, toPartTypes } from './part-types.ts';
import { problemsByPart, worstByPart } from './problems.ts';

const shipped = (id: string, planned = false) =>
  ({ id, kind: 'entity', title: id, description: '', aliases: [`old.${id}`], planned }) as const;
const entity = (id: string, kind: 'group' | 'cluster' | 'container') => {
  return { id, kind, title: id, description: '', aliases: [], icon: 'box', image: { name: null, tag: null } } as never;
};
const PARTS: readonly PartType[] = toPartTypes(
  [
    shipped('redis', true),
    shipped('virtual-network'),
    shipped('dynamic-cluster'),
    shipped('haproxy'),
    { ...shipped('auto-scaler', true), kind: 'policy' },
    { ...shipped('random'), kind: 'placement' },
  ],
  [entity('haproxy', 'container'), entity('dynamic-cluster', 'cluster'), entity('virtual-network', 'group'), entity('redis', 'container')],
  [],
);

function graphOf(text: string): BlueprintGraph {
  const { drawing } = startSession(text);
  if (drawing === null) throw new Error('nothing is drawn');
  return drawing.graph;
}

function added(text: string, at: number | null, chosen: Parameters<typeof addChosen>[2]): string {
  const { source, drawing } = startSession(text);
  if (source === null || drawing === null) throw new Error('nothing is drawn');
  const over = at === null ? undefined : drawing.graph.nodes[at];
  const takes = findPart(PARTS, over?.type ?? null)?.takes ?? 'nothing';
  const done = performChange(source, addChosen(drawing.graph, over, chosen, takes));
  return done.ok ? done.source.text : done.message;
}

const type = (id: string) => {
  const part = findPart(PARTS, id);
  if (!part) throw new Error(id);
  return { kind: 'type', part } as const;
};

describe('the palette', () => {
  it('has what can be deployed by its kind, what is planned last, and nothing that is no part', () => {
    expect(PARTS.map(({ id, group }) => [id, group])).toEqual([
      ['haproxy', 'Services'],
      ['dynamic-cluster', 'Clusters'],
      ['virtual-network', 'Networks'],
      ['auto-scaler', 'Planned'],
      ['redis', 'Planned'],
    ]);
    expect(findPart(PARTS, 'old.haproxy')?.id).toBe('haproxy');
  });

  it('gives a dragged part back', () => {
    expect(draggedPart('type entity haproxy', PARTS)).toEqual(type('haproxy'));
    expect(draggedPart('image nginx:1.27', PARTS)).toEqual({ kind: 'image', image: 'nginx:1.27' });
    expect(draggedPart('type entity gone', PARTS)).toBeNull();
  });

  it.each([
    ['nginx', 'nginx'],
    ['docker:php:8.2-apache', 'php:8.2-apache'],
    ['registry.example.org:5000/team/app:1.2', 'registry.example.org:5000/team/app:1.2'],
    ['load balancer', null],
    ['', null],
    ['Nginx', null],
  ])('takes %j for the image %j', (search, image) => {
    expect(toImageName(search)).toBe(image);
  });
});

describe('addChosen', () => {
  it('writes type and id', () => {
    expect(added('', null, type('haproxy'))).toBe('services:\n- type: haproxy\n  id: haproxy\n');
    expect(added('services:\n- type: a\n  id: network\n', 1, type('virtual-network'))).toContain(
      '- type: virtual-network\n  id: network-2\n',
    );
  });

  it('makes an image the member of a cluster that is chosen', () => {
    expect(added('services:\n- type: dynamic-cluster\n  id: web\n', 1, { kind: 'image', image: 'php:8.2-apache' })).toContain(
      '$brooklyn:entitySpec:\n      type: docker:php:8.2-apache\n      id: php\n',
    );
  });

  it('adds to Compose what Compose has', () => {
    expect(added('services:\n  a:\n    image: x\n', null, { kind: 'image', image: 'redis:7' })).toBe(
      'services:\n  a:\n    image: x\n  redis:\n    image: redis:7\n',
    );
    expect(added('services:\n  a:\n    image: x\n', null, type('virtual-network'))).toContain('networks:\n  network: {}\n');
  });
});

describe('connection', () => {
  const between = (text: string, from: number, to: number) => {
    const { nodes, ...graph } = graphOf(text);
    const [source, target] = [nodes[from], nodes[to]];
    if (!source || !target) throw new Error('no such part');
    return connection({ nodes, ...graph }, source, target);
  };
  const CAMP = 'services:\n- type: a\n  id: a\n- type: virtual-network\n  id: n\n  network.id: data\n- type: b\n  id: b\n';

  it('joins a network whichever way the line is pulled, and asks between services', () => {
    expect(between(CAMP, 1, 2)).toMatchObject({ ok: true, name: 'Attach a to data' });
    expect(between(CAMP, 2, 3)).toMatchObject({ ok: true, name: 'Attach b to data' });
    expect(between(CAMP, 1, 3)).toBeNull();
    const joined = CAMP.replace('id: a\n', 'id: a\n  network.list: [data]\n');
    expect(between(joined, 1, 2)).toMatchObject({ ok: false, message: 'a is on data already.' });
  });

  it('says in Compose who waits for whom', () => {
    const compose = 'services:\n  web: {image: x}\n  db: {image: y}\n';
    expect(between(compose, 2, 1)).toMatchObject({
      name: 'Start web after db',
      operations: [{ into: ['services', 'web', 'depends_on'], value: 'db' }],
    });
  });
});

it('finds the part that a finding is in, the innermost', () => {
  const text = 'services:\n- type: c\n  id: web\n  memberSpec:\n    $brooklyn:entitySpec:\n      type: x\n      id: m\n';
  const { drawing } = startSession(text);
  if (drawing === null) throw new Error('nothing is drawn');
  const found = (line: number, column: number, severity: 'error' | 'warning') =>
    ({ code: 'c', severity, message: 'm', line, column, path: '' }) as const;
  const problems = problemsByPart(
    [found(6, 7, 'warning'), found(2, 3, 'error'), { ...found(1, 1, 'error'), file: 'other.yaml' }],
    drawing,
    text,
  );
  expect([...worstByPart(problems)]).toEqual([
    ['#m', 'warning'],
    ['#web', 'error'],
  ]);
});
