import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { LiveContext, makeLiveStores } from '@/components/live/live-context.ts';
import { showWithAnswers } from '@/components/testing/show-with-answers.tsx';
import type { ListedNetwork } from '@/server/domain/network/list-networks.ts';
import type { ReachAnswer } from '@/server/domain/network/reach-answer.ts';
import { NetworkReach } from './network-reach.tsx';

const url = vi.hoisted(() => ({ query: '' }));
vi.mock('next/navigation', () => ({
  useSearchParams: () => new URLSearchParams(url.query),
  usePathname: () => '/networks',
}));
afterEach(cleanup);

const member = (id: string, hostId: string) => ({ instanceId: id, entityId: `e-${id}`, hostId, address: null, aliases: [] });
const NETWORK = { id: 'n1', name: 'back', members: [member('web', 'h1'), member('db', 'h2')] } as unknown as ListedNetwork;
const end = (name: string) => ({ instanceId: name, name, host: 'h1' });
const ANSWER = {
  ...{ reached: false, ms: null, from: end('web'), to: end('db'), port: 5_432, address: '10.208.0.2', network: 'back' },
  problem: { step: 'way', text: 'VXLAN number 70000: h2 does not answer over it', fix: 'Let UDP 4789 pass between h1 and h2, both ways.' },
  steps: [
    { name: 'network', title: 'Network', state: 'ok', text: 'Both are on back', fix: null },
    { name: 'way', title: 'Way', state: 'failed', text: 'VXLAN number 70000: h2 does not answer over it', fix: 'Let UDP 4789 pass.' },
  ],
} as unknown as ReachAnswer;

function show(answer: ReachAnswer) {
  const part = (
    <LiveContext value={makeLiveStores()}>
      <NetworkReach network={NETWORK} />
    </LiveContext>
  );
  return showWithAnswers(part, { 'session.me': { permissions: ['read', 'operate'] }, 'network.reach': answer }, {});
}

const questions = (asked: readonly { readonly path: string }[]) => asked.filter(({ path }) => path === 'network.reach');

it('asks what the URL asks, and shows the path with the step that is wrong', async () => {
  url.query = 'from=web&to=db&port=5432';
  const asked = show(ANSWER);
  expect(await screen.findByText(/^No: web does not reach db on port 5432\. VXLAN number 70000/)).toBeTruthy();
  expect(screen.getByRole('list', { name: 'Checks' }).textContent).toContain('Let UDP 4789 pass.');
  expect(questions(asked)).toEqual([{ path: 'network.reach', input: { from: 'web', to: 'db', port: 5_432 } }]);
});

it('says how long it took, and asks again', async () => {
  url.query = 'from=web&to=db';
  const asked = show({ ...ANSWER, reached: true, ms: 0.42, port: null, problem: null });
  expect(await screen.findByText('Yes: web reaches db in 0.4 ms.')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Try' }));
  await waitFor(() => expect(questions(asked)).toHaveLength(2));
});

it('asks nothing that cannot be: one end, the same twice, or no port', async () => {
  for (const query of ['from=web', 'from=web&to=web', 'from=web&to=db&port=70000', 'from=web&to=gone']) {
    url.query = query;
    const asked = show(ANSWER);
    await waitFor(() => expect(asked.some(({ path }) => path === 'session.me')).toBe(true));
    expect((screen.getByRole('button', { name: 'Try' }) as HTMLButtonElement).disabled).toBe(true);
    expect(questions(asked)).toEqual([]);
    cleanup();
  }
});
