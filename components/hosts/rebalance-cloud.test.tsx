import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { LiveContext, makeLiveStores } from '@/components/live/live-context.ts';
import type { LiveChange } from '@/components/live/live-state.ts';
import { showWithAnswers } from '@/components/testing/show-with-answers.tsx';
import type { Cloud, CloudRebalance } from '@/server/domain/entity/host.ts';
import type { ProposedMove } from '@/server/domain/placement/explain-move.ts';
import type { MoveProposal } from '@/server/domain/placement/propose-moves.ts';
import { RebalanceCloud } from './rebalance-cloud.tsx';

afterEach(cleanup);

const CLOUD = { id: 'c1', name: 'my-cloud', strategies: [] } as unknown as Cloud;

function aMove(name: string, to: string): ProposedMove {
  const entities = [{ id: `e-${name}`, name, applicationId: 'a1', application: 'shop' }];
  const reasons = [`${to} is the first host that takes it: fewest containers`];
  return { entities, from: 'h1', fromName: 'host-1', to, toName: to, cause: 'better', reasons } as unknown as ProposedMove;
}

const MOVES = [aMove('web-1', 'h2'), aMove('web-2', 'h3')];
const HOSTS = [
  { hostId: 'h1', name: 'host-1', before: 4, after: 2 },
  { hostId: 'h2', name: 'host-2', before: 0, after: 1 },
  { hostId: 'h3', name: 'host-3', before: 0, after: 1 },
];

function show(proposal: Partial<MoveProposal>, records: readonly LiveChange[] = []) {
  const stores = makeLiveStores();
  stores.live.apply({ revision: 1, snapshot: [...records] });
  const part = (
    <LiveContext value={stores}>
      <RebalanceCloud cloud={CLOUD} onClose={() => undefined} />
    </LiveContext>
  );
  const answers = { 'cloud.proposeMoves': { moves: [], hosts: [], stuck: [], notes: [], more: false, ...proposal } };
  return showWithAnswers(part, answers, { taskId: 't1' });
}

it('lists moves with their reasons, and makes those that are chosen', async () => {
  const asked = show({ moves: MOVES, hosts: HOSTS as unknown as MoveProposal['hosts'] });
  const list = await screen.findByRole('list', { name: 'Proposed moves' });
  expect(list.textContent).toContain('web-1 shop host-1 → h2h2 is the first host that takes it: fewest containers');
  const rows = () => within(screen.getByRole('table')).getAllByRole('row');
  expect(rows().map((row) => row.textContent)).toEqual(['HostContainers nowThen', 'host-142', 'host-201', 'host-301']);
  fireEvent.click(screen.getByRole('checkbox', { name: /web-1/ }));
  expect(rows().map((row) => row.textContent)).toEqual(['HostContainers nowThen', 'host-143', 'host-200', 'host-301']);
  fireEvent.click(screen.getByRole('button', { name: 'Make 1 move' }));
  const input = { cloudId: 'c1', moves: [{ entityId: 'e-web-2', toHostId: 'h3' }] };
  await waitFor(() => expect(asked.at(-1)).toEqual({ path: 'cloud.rebalance', input }));
});

it('cannot be applied with nothing chosen', async () => {
  show({ moves: MOVES.slice(0, 1), hosts: [] });
  fireEvent.click(await screen.findByRole('checkbox', { name: /web-1/ }));
  expect(screen.getByRole('button', { name: 'Make 0 moves' }).hasAttribute('disabled')).toBe(true);
});

it('says that nothing is to be moved where every container is in its place', async () => {
  show({});
  expect(await screen.findByText('Nothing to move: every container is where placement would put it.')).toBeDefined();
  expect(screen.queryByRole('button', { name: /^Make/ })).toBeNull();
});

it('names what no host takes, and does not call that its place', async () => {
  show({
    stuck: [{ id: 'e1', name: 'db', reason: 'host-1 would not take it now, by labels: no disk' }] as unknown as MoveProposal['stuck'],
  });
  expect((await screen.findByRole('list', { name: 'Without another host' })).textContent).toContain('db: host-1 would not take it now');
  expect(screen.queryByText(/every container/)).toBeNull();
});

it('shows how far the moves are while they are made, and why some were left', async () => {
  const moves = [
    { entityIds: ['e1'], from: 'h1', to: 'h2', state: 'done', at: 1 },
    { entityIds: ['e2', 'e3'], from: 'h1', to: 'h2', state: 'moving', at: 1 },
    { entityIds: ['e4'], from: 'h1', to: 'h2', state: 'skipped', at: 1, reason: 'host-2 is no better for it than host-1' },
  ];
  const rebalance = { since: 1, taskId: 't1', moves } as unknown as CloudRebalance;
  const records: LiveChange[] = [
    { kind: 'cloud', id: 'c1', record: { ...CLOUD, rebalance } },
    { kind: 'host', id: 'h1', record: { id: 'h1', name: 'host-1' } },
    { kind: 'host', id: 'h2', record: { id: 'h2', name: 'host-2' } },
    { kind: 'entity', id: 'e2', record: { id: 'e2', name: 'web-2' } },
  ] as unknown as LiveChange[];
  const asked = show({}, records);
  const list = await screen.findByRole('list', { name: 'Moves under way' });
  expect(list.textContent).toContain('movingweb-2and 1 otherhost-1 → host-2');
  expect(list.textContent).toContain('host-2 is no better for it than host-1');
  expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('67');
  fireEvent.click(screen.getByRole('button', { name: 'Move no more' }));
  await waitFor(() => expect(asked).toEqual([{ path: 'task.cancel', input: { taskId: 't1' } }]));
});
