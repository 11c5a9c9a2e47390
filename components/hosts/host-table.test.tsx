import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { LiveContext, makeLiveStores } from '@/components/live/live-context.ts';
import { showWithAnswers } from '@/components/testing/show-with-answers.tsx';
import type { Cloud, Host } from '@/server/domain/entity/host.ts';
import type { CloudGroup } from './host-rows.ts';
import { HostTable } from './host-table.tsx';

afterEach(cleanup);

const CLOUD = { id: 'c1', name: 'my-cloud', strategies: [] } as unknown as Cloud;
const host = (name: string, more: Partial<Host> = {}) =>
  ({
    id: `id-${name}`,
    name,
    cloudId: 'c1',
    state: 'ready',
    address: '10.0.0.1',
    cordoned: false,
    labels: {},
    facts: null,
    ...more,
  }) as unknown as Host;
const NAMES = ['one', 'two', 'three'];

function Table({ groups }: { groups: readonly CloudGroup[] }) {
  const [sort, setSort] = useState('');
  return <HostTable groups={groups} sort={sort} onSort={setSort} />;
}

function show(permissions: readonly string[], answers: Readonly<Record<string, unknown>> = {}) {
  const groups = [{ cloud: CLOUD, rows: NAMES.map((name, at) => ({ host: host(name, { labels: { old: 'x' } }), containers: at })) }];
  const part = (
    <AppRouterContext value={{ push: () => undefined } as never}>
      <LiveContext value={makeLiveStores()}>
        <Table groups={groups as unknown as readonly CloudGroup[]} />
      </LiveContext>
    </AppRouterContext>
  );
  return showWithAnswers(part, { 'session.me': { permissions }, ...answers }, {});
}

const box = async (name: string) => await screen.findByRole('checkbox', { name });
const acts = (asked: ReturnType<typeof show>) => asked.filter(({ path }) => path !== 'session.me' && path !== 'host.drainPreview');

it('tells by which column it is sorted', async () => {
  show(['read']);
  const head = screen.getByRole('columnheader', { name: 'CPU' });
  const seen = [head.getAttribute('aria-sort')];
  for (let n = 0; n < 3; n++) {
    fireEvent.click(within(head).getByRole('button'));
    seen.push(head.getAttribute('aria-sort'));
  }
  expect(seen).toEqual(['none', 'descending', 'ascending', 'none']);
  expect(screen.queryByRole('checkbox')).toBeNull();
});

it('chooses one, several with Shift, and all, and says how many', async () => {
  show(['read', 'operate']);
  fireEvent.click(await box('Choose one'));
  const bar = screen.getByRole('region', { name: 'Chosen hosts' });
  expect(bar.textContent).toContain('1 host chosen');
  expect((await box('Choose all hosts that are shown')).getAttribute('aria-checked')).toBe('mixed');
  fireEvent.click(await box('Choose three'), { shiftKey: true });
  expect(bar.textContent).toContain('3 hosts chosen');
  expect(within(bar).queryByRole('button', { name: 'Remove…' })).toBeNull();
  fireEvent.click(await box('Choose all hosts that are shown'));
  expect(screen.queryByRole('region', { name: 'Chosen hosts' })).toBeNull();
});

it('cordons all that are chosen at once', async () => {
  const asked = show(['read', 'operate']);
  fireEvent.click(await box('Choose two'));
  fireEvent.click(await box('Choose one'));
  fireEvent.click(screen.getByRole('button', { name: 'Cordon' }));
  const inputs = ['one', 'two'].map((name) => ({ path: 'host.cordon', input: { hostId: `id-${name}`, cordoned: true } }));
  await waitFor(() => expect(acts(asked)).toEqual(inputs));
});

it('lists what leaves before it drains, and cordons all before it drains the first', async () => {
  const lines = [{ entityId: 'e1', name: 'web', application: 'shop', leaves: true, text: 'it starts elsewhere first' }];
  const asked = show(['read', 'operate'], { 'host.drainPreview': lines });
  fireEvent.click(await box('Choose one'));
  fireEvent.click(await box('Choose two'));
  fireEvent.click(screen.getByRole('button', { name: 'Drain…' }));
  const dialog = await screen.findByRole('alertdialog');
  await waitFor(() => expect(dialog.textContent).toContain('2 entities will leave'));
  expect(dialog.textContent).toContain('two: shop / web: it starts elsewhere first');
  fireEvent.click(within(dialog).getByRole('button', { name: 'Drain 2 hosts' }));
  await waitFor(() => expect(acts(asked).map(({ path }) => path)).toEqual(['host.cordon', 'host.cordon', 'host.drain', 'host.drain']));
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
});

it('changes labels of all and keeps the others', async () => {
  const asked = show(['read', 'operate', 'administer']);
  fireEvent.click(await box('Choose one'));
  fireEvent.click(await screen.findByRole('button', { name: 'Labels…' }));
  const dialog = await screen.findByRole('dialog');
  const field = within(dialog).getByRole('textbox');
  fireEvent.change(field, { target: { value: 'rack' } });
  expect(within(dialog).getByRole('alert').textContent).toContain('Write them as');
  fireEvent.change(field, { target: { value: 'rack=2, -gone' } });
  fireEvent.click(within(dialog).getByRole('button', { name: 'Change 1 host' }));
  await waitFor(() => expect(acts(asked)).toEqual([{ path: 'host.update', input: { hostId: 'id-one', labels: { old: 'x', rack: '2' } } }]));
});

it('names the hosts that will be refused before it removes any', async () => {
  show(['read', 'operate', 'administer']);
  fireEvent.click(await box('Choose all hosts that are shown'));
  fireEvent.click(await screen.findByRole('button', { name: 'Remove…' }));
  const dialog = await screen.findByRole('alertdialog');
  expect(dialog.textContent).toContain('1 host will be removed');
  expect(dialog.textContent).toContain('2 hosts will be refused: drain them first');
  expect(dialog.textContent).toContain('three: 2 containers of ours');
});
