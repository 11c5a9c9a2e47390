import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { LiveContext, makeLiveStores } from '@/components/live/live-context.ts';
import { showWithAnswers } from '@/components/testing/show-with-answers.tsx';
import type { TypeDetails } from '@/server/api/catalog/type.ts';
import type { Diagnostic } from '@/server/domain/blueprint/diagnostic.ts';
import { wireReference } from '@/server/domain/blueprint-edit/wire-reference.ts';
import { blueprintPicture } from './blueprint-picture.ts';
import { BlueprintTree } from './blueprint-tree.tsx';
import { createEditorStore, type EditorStore } from './editor-store.ts';
import { InspectorPanel } from './inspector-panel.tsx';
import { Palette } from './palette.tsx';
import type { PartType } from './part-types.ts';
import { problemsByPart } from './problems.ts';
import { useEditorState } from './use-editor.ts';
import { WireDialog, type WireDraft } from './wire-dialog.tsx';

afterEach(cleanup);
beforeAll(() => {
  Element.prototype.scrollIntoView = () => undefined;
});

const part = (id: string, more: Partial<PartType> = {}): PartType => ({
  ...{ id, kind: 'entity', title: id.toUpperCase(), description: `What ${id} is`, icon: 'box' },
  ...{ group: 'Services', aliases: [], takes: 'nothing', planned: false },
  ...more,
});
const PARTS = [
  part('mariadb'),
  part('haproxy'),
  part('virtual-network', { group: 'Networks' }),
  part('etcd-node', { group: 'Planned', planned: true }),
];
const DETAILS: TypeDetails = {
  id: 'mariadb',
  configSchema: {
    properties: {
      database: { title: 'Database', description: 'Made with the data.', type: 'string' },
      password: { title: 'Password', type: 'string' },
      'docker.container.environment': { title: 'Environment', type: 'object', additionalProperties: { type: 'string' } },
      ...Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`rare.${at}`, { title: `Rare ${at}`, type: ['string', 'number'] }])),
    },
  },
  flags: {},
  secretKeys: ['password'],
  sensors: [{ name: 'host.address', type: 'string', description: '' }],
  effectors: [],
};
const SHOP = `services:
- type: mariadb
  id: db
  brooklyn.config:
    database: shop # the rows
    odd: [1, { a: b }]
- type: haproxy
  id: lb
- type: virtual-network
  id: data
  network.id: data
`;

function Panel({
  store,
  diagnostics,
  onWire,
}: {
  store: EditorStore;
  diagnostics: readonly Diagnostic[];
  onWire: (draft: WireDraft) => void;
}) {
  const state = useEditorState(store);
  const { drawing, text } = state.session;
  if (drawing === null) return null;
  return <InspectorPanel {...{ store, state, drawing, onWire }} parts={PARTS} problems={problemsByPart(diagnostics, drawing, text)} />;
}

function showForm(diagnostics: readonly Diagnostic[] = [], text = SHOP) {
  const store = createEditorStore(text);
  store.select(['#db']);
  const onWire = vi.fn();
  showWithAnswers(
    <LiveContext value={makeLiveStores()}>
      <Panel {...{ store, diagnostics, onWire }} />
    </LiveContext>,
    {
      'catalog.type': DETAILS,
      'session.me': { permissions: ['administer'] },
      'secret.list': [{ id: 'vault:db', provider: 'vault', name: 'db' }],
    },
    {},
  );
  return { store, onWire };
}

const textOf = (store: EditorStore) => store.get().session.text;
const type = (field: HTMLElement, value: string, key = 'Enter') => {
  fireEvent.change(field, { target: { value } });
  fireEvent.keyDown(field, { key });
};

it('fills in what the type takes, and changes no more of the text than that', async () => {
  const { store } = showForm();
  type(await screen.findByLabelText('Database'), 'store');
  expect(textOf(store)).toBe(SHOP.replace('database: shop #', 'database: store #'));
  type(screen.getByLabelText('Name'), 'Rows');
  expect(textOf(store)).toContain('  id: db\n  name: Rows\n');
  type(screen.getByLabelText('Id'), 'rows');
  expect(store.get().selected).toEqual(['#rows']);
  fireEvent.click(screen.getByRole('button', { name: 'Remove Database' }));
  expect(textOf(store)).not.toContain('database:');
  store.undo();
  expect((await screen.findByLabelText<HTMLInputElement>('Database')).value).toBe('store');
});

it('takes a text back with Escape, and makes nothing of one that is left as it was', async () => {
  const { store } = showForm();
  const field = await screen.findByLabelText<HTMLInputElement>('Database');
  type(field, 'other', 'Escape');
  fireEvent.blur(field);
  expect(field.value).toBe('shop');
  expect(textOf(store)).toBe(SHOP);
});

it('keeps a key that the type does not know, and can change it', async () => {
  const { store } = showForm();
  const others = within(await screen.findByRole('region', { name: 'Other keys' }));
  const field = others.getByLabelText<HTMLTextAreaElement>('odd');
  expect(field.value).toBe('- 1\n- a: b');
  fireEvent.change(field, { target: { value: '[broken' } });
  fireEvent.blur(field);
  expect(textOf(store)).toBe(SHOP);
  fireEvent.change(field, { target: { value: '- 2' } });
  fireEvent.blur(field);
  expect(textOf(store)).toContain('odd: [2]');
});

it('adds to a map by name and value, and finds a setting that is not shown', async () => {
  const { store } = showForm();
  fireEvent.change(await screen.findByLabelText('New name in Environment'), { target: { value: 'TZ' } });
  fireEvent.change(screen.getByLabelText('New value in Environment'), { target: { value: 'UTC' } });
  fireEvent.click(screen.getByRole('button', { name: 'Add to Environment' }));
  expect(textOf(store)).toContain('docker.container.environment:\n      TZ: UTC\n');
  expect(screen.queryByLabelText('Rare 7')).toBeNull();
  type(screen.getByLabelText('Find a setting'), 'rare 7');
  type(await screen.findByLabelText('Rare 7'), '12');
  expect(textOf(store)).toContain('rare.7: 12\n');
  type(screen.getByLabelText('Find a setting'), 'own.key');
  type(await screen.findByLabelText('own.key'), 'x');
  expect(textOf(store)).toContain('own.key: x\n');
});

it('shows a finding at its field, and others above', async () => {
  const found = (line: number, path: string, message: string) =>
    ({ code: 'config-invalid', severity: 'error', message, line, column: 5, path }) as const;
  showForm([found(5, 'services[0].brooklyn.config.database', 'is no word'), found(2, 'services[0]', 'wants a host')]);
  const field = await screen.findByLabelText('Database');
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByText('is no word').getAttribute('role')).toBe('alert');
  expect(within(screen.getByRole('list', { name: 'Findings of this part' })).getByText('wants a host')).toBeDefined();
});

it('writes a secret by its name', async () => {
  const { store } = showForm();
  fireEvent.click(await screen.findByRole('button', { name: 'Use a secret for Password' }));
  fireEvent.change(screen.getByLabelText('Provider'), { target: { value: 'vault' } });
  fireEvent.change(screen.getByLabelText('Secret'), { target: { value: 'db' } });
  fireEvent.click(screen.getByRole('button', { name: 'Use it' }));
  expect(textOf(store)).toContain('password: $brooklyn:external("vault", "db")');
});

it('joins and leaves networks', async () => {
  const { store } = showForm();
  const networks = within(await screen.findByRole('region', { name: 'Networks' }));
  fireEvent.keyDown(networks.getByRole('combobox', { name: 'Join a network' }), { key: 'Enter' });
  fireEvent.click(await screen.findByRole('option', { name: 'data' }));
  expect(textOf(store)).toContain('network.list:\n    - data\n');
  fireEvent.click(screen.getByRole('button', { name: 'Leave data' }));
  expect(textOf(store)).toBe(SHOP);
});

it('cannot be changed while the text cannot be read', async () => {
  const { store } = showForm();
  await screen.findByLabelText('Database');
  store.type([{ from: 0, to: 0, insert: '"' }], 'a new step');
  await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('Database').readOnly).toBe(true));
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Duplicate' }).disabled).toBe(true);
});

/** The dialog of a line from one part of the shop to another; the first is the application. */
function showWiring(from: number, to: number) {
  const store = createEditorStore(SHOP);
  const { drawing } = store.get().session;
  const target = drawing?.graph.nodes[to];
  if (!drawing || !target) throw new Error('nothing is drawn');
  showWithAnswers(
    <WireDialog
      draft={{ from: drawing.graph.nodes[from] ?? null, to: target }}
      graph={drawing.graph}
      parts={PARTS}
      onChange={() => undefined}
      onWire={(wire) => store.change((graph) => wireReference(graph, wire))}
      onConnect={(change) => store.change(() => change)}
      onClose={() => undefined}
    />,
    { 'catalog.type': DETAILS },
    {},
  );
  return store;
}

it('asks nothing where a line joins a network', async () => {
  const store = showWiring(3, 1);
  expect(await screen.findByText('Attach db to data')).toBeDefined();
  expect(screen.queryByLabelText('Sensor')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Wire' }));
  expect(textOf(store)).toContain('network.list:\n    - data\n');
});

it('wires a sensor into the environment, and shows what is written', async () => {
  const store = showWiring(1, 2);
  expect(await screen.findByText('DB_ADDRESS: $brooklyn:component("db").attributeWhenReady("host.address")')).toBeDefined();
  const name = screen.getByLabelText('Name in it');
  fireEvent.change(name, { target: { value: '' } });
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Wire' }).disabled).toBe(true);
  fireEvent.change(name, { target: { value: 'DB_HOST' } });
  fireEvent.click(screen.getByRole('button', { name: 'Wire' }));
  expect(textOf(store)).toContain('DB_HOST: $brooklyn:component("db").attributeWhenReady("host.address")');
});

it('finds parts in the palette, adds the first with Enter, and takes an image for a container', () => {
  const onAdd = vi.fn();
  const onClose = vi.fn();
  showWithAnswers(<Palette parts={PARTS} error={null} onRetry={() => undefined} at="" onAdd={onAdd} onClose={onClose} />, {}, {});
  const items = () => [...document.querySelectorAll('[data-palette-item]')].map((item) => item.textContent);
  expect(items()).toEqual(['MARIADB', 'HAPROXY', 'VIRTUAL-NETWORK', 'ETCD-NODEplanned']);
  const search = screen.getByLabelText('Find something to add');
  type(search, 'haproxy');
  expect(onAdd).toHaveBeenLastCalledWith({ kind: 'type', part: PARTS[1] });
  type(search, 'nginx:1.27');
  expect(onAdd).toHaveBeenLastCalledWith({ kind: 'image', image: 'nginx:1.27' });
  fireEvent.change(search, { target: { value: 'no such thing' } });
  expect(screen.getByText('Nothing is called that.')).toBeDefined();
  fireEvent.keyDown(search, { key: 'Escape' });
  expect(items()).toHaveLength(4);
  fireEvent.keyDown(search, { key: 'ArrowDown' });
  expect(document.activeElement?.textContent).toBe('MARIADB');
  fireEvent.keyDown(search, { key: 'Escape' });
  expect(onClose).toHaveBeenCalled();
});

it('shows the parts as a tree that is walked by keys', () => {
  const { drawing } = createEditorStore(SHOP.replace('id: lb\n', 'id: lb\n  x: $brooklyn:component("db")\n')).get().session;
  if (!drawing) throw new Error('nothing is drawn');
  const [onSelect, onOpen] = [vi.fn(), vi.fn()];
  const picture = blueprintPicture(drawing, PARTS, {});
  showWithAnswers(<BlueprintTree {...{ picture, onSelect, onOpen }} worst={new Map([['#db', 'error']])} selected={['#db']} />, {}, {});
  const items = screen.getAllByRole('treeitem');
  expect(screen.getByRole('treeitem', { name: /^db, ?mariadb ?has errors$/ })).toBe(items[0]);
  expect(items.map((item) => item.textContent)).toEqual(['db,mariadbhas errors', 'lb,haproxyuses db', 'data,Network']);
  items[0]?.focus();
  fireEvent.keyDown(items[0] ?? document.body, { key: 'ArrowDown' });
  expect(document.activeElement).toBe(items[1]);
  fireEvent.keyDown(items[1] ?? document.body, { key: ' ' });
  expect(onSelect).toHaveBeenLastCalledWith(['#db', '#lb']);
  fireEvent.keyDown(items[1] ?? document.body, { key: 'Enter' });
  expect(onOpen).toHaveBeenCalledWith('#lb');
});
