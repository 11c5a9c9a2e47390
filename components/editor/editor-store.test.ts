import { expect, it, vi } from 'vitest';
import { addNode, renameNode } from '@/server/domain/blueprint-edit/change-node.ts';
import { blueprintPicture } from './blueprint-picture.ts';
import { copySelected, duplicateSelected, pasteText, removeSelected } from './editor-acts.ts';
import { createEditorStore, type EditorStore } from './editor-store.ts';
import { freePlaces } from './place-parts.ts';
import { toLayout } from './tidy-parts.ts';

const SHOP = `services:
- type: haproxy
  id: lb
  brooklyn.config:
    loadBalancer.target: $brooklyn:component("web")
- type: dynamic-cluster
  id: web
  location: edge
  memberSpec:
    $brooklyn:entitySpec:
      type: docker:nginx
      brooklyn.config: { network.list: [data] }
- type: virtual-network
  id: net
  network.id: data
`;

function pictureOf(store: EditorStore) {
  const { session, places } = store.get();
  if (session.drawing === null) throw new Error('nothing is drawn');
  return blueprintPicture(session.drawing, [], places);
}

it('tells the text pane of what is drawn, and of nothing that was typed there', () => {
  const store = createEditorStore(SHOP);
  const heard = vi.fn();
  store.onEdits(heard);
  store.type([{ from: 0, to: 0, insert: '# Mine\n' }], 'a new step');
  expect(heard).not.toHaveBeenCalled();
  store.change((graph) => addNode(graph, { role: 'service', parent: [], spec: { type: 'mariadb' } }));
  expect(heard).toHaveBeenCalledExactlyOnceWith([
    { from: store.get().session.text.length - '- type: mariadb\n'.length, to: expect.any(Number), insert: '- type: mariadb\n' },
  ]);
  store.undo();
  store.undo();
  expect(store.get().session.text).toBe(SHOP);
  store.redo();
  expect(store.get().session.text).toBe(`# Mine\n${SHOP}`);
});

it('keeps places and choice with their parts when ids change, and brings a place back with what was removed', () => {
  const store = createEditorStore(SHOP, { '#lb': { x: 8, y: 16 } });
  store.select(['#lb']);
  store.change((graph) => renameNode(graph, ['services', 0], 'front'));
  expect(store.get()).toMatchObject({ places: { '#front': { x: 8, y: 16 } }, selected: ['#front'] });
  removeSelected(store, ['#front']);
  expect(store.get().selected).toEqual([]);
  store.undo();
  expect(store.get().places['#front']).toEqual({ x: 8, y: 16 });
});

it('chooses what is new, puts it where it was dropped, and says why something was refused', () => {
  const store = createEditorStore(SHOP);
  const added = store.change((graph) => addNode(graph, { role: 'service', parent: [], spec: { type: 'mariadb', id: 'db' } }), {
    select: 'what is new',
    at: { x: 400, y: 40 },
  });
  expect(added).toBe(true);
  expect(store.get()).toMatchObject({ selected: ['#db'], places: { '#db': { x: 400, y: 40 } } });
  expect(store.change((graph) => renameNode(graph, ['services', 9], 'x'))).toBe(false);
  expect(store.get().told).toMatchObject({ tone: 'refused' });
  store.select([]);
  expect(store.get().told).toBeNull();
});

it('removes, duplicates, copies and pastes what is chosen, each in one step', () => {
  const store = createEditorStore(SHOP);
  removeSelected(store, ['#lb', '#net', 'location edge']);
  expect(store.get().session.history.done.map(({ name }) => name)).toEqual(['Remove 3 parts']);
  expect(store.get().session.text).not.toMatch(/haproxy|virtual-network|edge/);
  store.undo();
  duplicateSelected(store, ['#lb', '#web']);
  expect(store.get().selected).toEqual(['#lb-2', '#web-2']);
  expect(store.get().session.text).toContain('loadBalancer.target: $brooklyn:component("web-2")');
  store.undo();
  pasteText(store, copySelected(store, ['#web']) ?? '');
  expect(store.get().selected).toEqual(['#web-2']);
  expect(store.get().session.history.done).toHaveLength(1);
});

it.each(['docker.container.networks: [data]', 'networks: { data: null }', 'network.list: [data]'])('draws a line for %s', (networks) => {
  const text = `services:\n- type: nginx\n  id: web\n  ${networks}\n- type: virtual-network\n  id: net\n  network.id: data\n`;
  expect(pictureOf(createEditorStore(text)).wires.map(({ from, to, kind }) => [from, to, kind])).toEqual([['#web', '#net', 'network']]);
});

it('draws members in their cluster, networks and locations as parts, and what is read as wires', () => {
  const { parts, wires } = pictureOf(createEditorStore(SHOP));
  expect(parts.map(({ key, look, parent }) => [key, look, parent])).toEqual([
    ['#lb', 'entity', null],
    ['#web', 'entity', null],
    ['#web/member:docker:nginx', 'entity', '#web'],
    ['#net', 'network', null],
    ['location edge', 'location', null],
  ]);
  expect(wires.map(({ from, to, kind }) => [from, to, kind])).toEqual([
    ['#lb', '#web', 'entity'],
    ['#web/member:docker:nginx', '#net', 'network'],
    ['#web', 'location edge', 'location'],
  ]);
});

it('lays out what stands on the canvas, and gives what is new a place that is free', () => {
  const store = createEditorStore(SHOP);
  expect(toLayout(pictureOf(store)).edges).toEqual([
    { from: '#lb', to: '#web' },
    { from: '#web', to: '#net' },
    { from: '#web', to: 'location edge' },
  ]);
  store.place(freePlaces(pictureOf(store)));
  const before = store.get().places;
  store.change((graph) => addNode(graph, { role: 'service', parent: [], at: 0, spec: { type: 'mariadb', id: 'db' } }));
  const fresh = freePlaces(pictureOf(store));
  expect(Object.keys(fresh)).toEqual(['#db']);
  expect(Object.values(before)).not.toContainEqual(fresh['#db']);
  expect(store.get().places).toEqual(before);
});
