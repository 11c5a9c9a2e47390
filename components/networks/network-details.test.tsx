import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { LiveContext, makeLiveStores } from '@/components/live/live-context.ts';
import { showWithAnswers } from '@/components/testing/show-with-answers.tsx';
import type { ListedNetwork, NetworkMember } from '@/server/domain/network/list-networks.ts';
import { NetworkDetails } from './network-details.tsx';
import type { NetworkRow } from './network-rows.ts';

vi.mock('next/navigation', () => ({ useSearchParams: () => new URLSearchParams(), usePathname: () => '/networks' }));

// What a checkbox asks of the browser, and the test's has not.
beforeAll(() => {
  const ResizeObserver = vi.fn(function none() {
    return { observe: () => undefined, unobserve: () => undefined, disconnect: () => undefined };
  });
  vi.stubGlobal('ResizeObserver', ResizeObserver);
});
afterEach(cleanup);

const LAN = {
  ...{ id: 'c1:lan', name: 'lan', applicationId: null, cloudId: 'c1', provider: 'vxlan', vni: 70_000, subnet: '10.208.0.0/28' },
  ...{ capacity: 14, used: 4, mtu: 1450, internal: false, domain: 'clocker.internal', parts: [], members: [] },
  standing: { description: 'Where shops meet', joiners: ['shop'], isGoing: false },
} as unknown as ListedNetwork;
const MEMBER = {
  instanceId: 'i1',
  applicationId: 'a1',
  entityId: 'e1',
  hostId: 'h1',
  address: '10.208.0.1',
  aliases: ['web'],
} as unknown as NetworkMember;

function show(network: Partial<ListedNetwork>, victims: readonly string[] = []) {
  const row: NetworkRow = {
    ...{ network: { ...LAN, ...network }, application: '', cloud: 'my-cloud', hosts: [], problems: [], isChanging: false, victims },
  };
  const stores = makeLiveStores();
  stores.live.apply({ revision: 1, snapshot: [] });
  const part = (
    <LiveContext value={stores}>
      <NetworkDetails row={row} onClose={() => undefined} />
    </LiveContext>
  );
  return showWithAnswers(part, { 'session.me': { permissions: ['read', 'operate'] } }, { ok: true });
}

async function choose(act: string): Promise<void> {
  fireEvent.keyDown(await screen.findByRole('button', { name: 'Acts on lan' }), { key: 'Enter' });
  fireEvent.click(await screen.findByRole('menuitem', { name: act }));
}

it('tells what a network of a cloud is for, who may join it, and how many addresses are left', () => {
  show({});
  for (const text of ['Where shops meet', 'shop', '4 of 14, 10 free', 'APPLICATION.clocker.internal'])
    expect(screen.getByText(text)).toBeTruthy();
});

it('offers nothing to do with a network that belongs to an application', async () => {
  const asked = show({ standing: null, applicationId: 'a1' as never });
  await waitFor(() => expect(asked).toBeDefined());
  expect(screen.queryByRole('button', { name: 'Acts on lan' })).toBeNull();
});

it('changes addresses only while no container is on it', async () => {
  const asked = show({ members: [MEMBER] }, ['web of shop on docker-1']);
  await choose('Edit…');
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByRole('textbox', { name: 'Addresses' }).hasAttribute('disabled')).toBe(true);
  fireEvent.change(within(dialog).getByRole('textbox', { name: 'Applications that may join it' }), { target: { value: 'shop, blog' } });
  fireEvent.click(within(dialog).getByRole('button', { name: 'Save network' }));
  const input = { networkId: 'c1:lan', description: 'Where shops meet', joiners: ['shop', 'blog'] };
  await waitFor(() => expect(asked.at(-1)).toEqual({ path: 'network.update', input }));
});

it('lists who would lose a network before it is deleted', async () => {
  const asked = show({ members: [MEMBER] }, ['web of shop on docker-1']);
  await choose('Delete…');
  const dialog = await screen.findByRole('alertdialog');
  expect(within(dialog).getByText(/^1 container would lose it/)).toBeTruthy();
  expect(within(dialog).getByText('web of shop on docker-1')).toBeTruthy();
  fireEvent.click(within(dialog).getByRole('button', { name: 'Delete lan' }));
  await waitFor(() => expect(asked.at(-1)).toEqual({ path: 'network.delete', input: { networkId: 'c1:lan' } }));
});
