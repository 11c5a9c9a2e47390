import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { LiveContext, makeLiveStores } from '@/components/live/live-context.ts';
import { showWithAnswers } from '@/components/testing/show-with-answers.tsx';
import { BARE_CONTAINER } from '@/server/domain/entity/container-spec.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import { NetworkList } from './network-list.tsx';

afterEach(cleanup);

const WEB = { id: 'web', name: 'web', applicationId: 'a', parentId: null, instanceId: 'i1' } as unknown as Entity;
const on = (name: string) => ({ name, aliases: [], definition: { provider: 'vxlan' } });
const instance = (id: string, entityId: string, networks: readonly string[]) => ({
  ...{ id, entityId, applicationId: 'a', state: 'running', spec: { ...BARE_CONTAINER, image: 'x:1', networks: networks.map(on) } },
  endpoints: networks.map((network, at) => ({ networkId: `n-${network}`, network, address: `10.208.0.${at + 1}`, mac: '' })),
});
const JOINABLE = [
  { name: 'back', isOn: true, subnet: '10.208.0.0/24', refusal: null },
  { name: 'far', isOn: false, subnet: null, refusal: 'it ends at its host, and they are on different hosts' },
  { name: 'front', isOn: true, subnet: '10.208.1.0/24', refusal: null },
  { name: 'side', isOn: false, subnet: '10.208.2.0/24', refusal: null },
];

function show(permissions: readonly string[], joinable = JOINABLE) {
  const stores = makeLiveStores();
  const records = [
    { kind: 'entity', id: 'web', record: WEB },
    { kind: 'entity', id: 'db', record: { ...WEB, id: 'db', name: 'db' } },
    { kind: 'instance', id: 'i1', record: instance('i1', 'web', ['back', 'front']) },
    { kind: 'instance', id: 'i2', record: instance('i2', 'db', ['front']) },
  ] as const;
  stores.live.apply({ revision: 1, snapshot: records as never });
  const part = (
    <LiveContext value={stores}>
      <NetworkList entity={WEB} />
    </LiveContext>
  );
  return showWithAnswers(part, { 'session.me': { permissions }, 'network.joinable': joinable }, {});
}

const acts = (asked: ReturnType<typeof show>) => asked.filter(({ path }) => path === 'network.attach' || path === 'network.detach');

it('lists the networks that it is on, with its address there', async () => {
  show(['read']);
  const rows = await screen.findAllByRole('listitem');
  expect(rows.map((row) => row.textContent)).toEqual(['back10.208.0.1', 'front10.208.0.2']);
  expect(screen.queryByRole('button')).toBeNull();
});

it('attaches it to another, at an address that may be given', async () => {
  const asked = show(['read', 'operate']);
  fireEvent.click(await screen.findByRole('button', { name: 'Attach…' }));
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByLabelText('Network').textContent).toContain('side (10.208.2.0/24)');
  fireEvent.change(within(dialog).getByLabelText('Address'), { target: { value: ' 10.208.2.9 ' } });
  fireEvent.click(within(dialog).getByRole('button', { name: 'Attach' }));
  await waitFor(() =>
    expect(acts(asked)).toEqual([{ path: 'network.attach', input: { entityId: 'web', network: 'side', address: '10.208.2.9' } }]),
  );
});

it('says why one cannot be joined, before it is asked for', async () => {
  show(
    ['read', 'operate'],
    JOINABLE.filter(({ name }) => name !== 'side'),
  );
  fireEvent.click(await screen.findByRole('button', { name: 'Attach…' }));
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByRole('alert').textContent).toContain('on different hosts');
  expect(within(dialog).getByRole('button', { name: 'Attach' }).hasAttribute('disabled')).toBe(true);
});

it('lists who is lost before it detaches it', async () => {
  const asked = show(['read', 'operate']);
  fireEvent.click(await screen.findByRole('button', { name: 'Detach from front…' }));
  const dialog = await screen.findByRole('alertdialog');
  expect(
    within(dialog)
      .getAllByRole('listitem')
      .map((row) => row.textContent),
  ).toEqual(['web (10.208.0.2)', 'db (10.208.0.1)']);
  fireEvent.click(within(dialog).getByRole('button', { name: 'Detach from front' }));
  await waitFor(() => expect(acts(asked)).toEqual([{ path: 'network.detach', input: { entityId: 'web', network: 'front' } }]));
});

it('leaves it its last one', async () => {
  show(['read', 'operate'], JOINABLE.slice(0, 1));
  await screen.findByText('back');
  expect(screen.queryByRole('button')).toBeNull();
});
