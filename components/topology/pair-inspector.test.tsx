import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { LiveContext, makeLiveStores } from '@/components/live/live-context.ts';
import { showWithAnswers } from '@/components/testing/show-with-answers.tsx';
import type { ReachAnswer } from '@/server/domain/network/reach-answer.ts';
import type { InstanceId } from '@/server/domain/shared/ids.ts';
import { PairInspector } from './pair-inspector.tsx';

const url = vi.hoisted(() => ({ query: '' }));
vi.mock('next/navigation', () => ({
  useSearchParams: () => new URLSearchParams(url.query),
  usePathname: () => '/topology',
}));
afterEach(cleanup);

const end = (name: string) => ({ instanceId: name, name, host: 'h1' });
const ANSWER = {
  ...{ reached: true, ms: 0.42, from: end('web'), to: end('db'), port: 5_432, address: '10.208.0.2', network: 'back' },
  problem: null,
  steps: [{ name: 'network', title: 'Network', state: 'ok', text: 'Both are on back', fix: null }],
} as unknown as ReachAnswer;

function show(permissions: readonly string[], onAnswer = vi.fn()) {
  const part = (
    <LiveContext value={makeLiveStores()}>
      <PairInspector from={'web' as InstanceId} to={'db' as InstanceId} onAnswer={onAnswer} onClose={() => undefined} />
    </LiveContext>
  );
  return showWithAnswers(part, { 'session.me': { permissions }, 'network.reach': ANSWER }, {});
}

it('tries the port, tells the answer and hands it to the canvas', async () => {
  url.query = 'port=5432';
  const onAnswer = vi.fn();
  const asked = show(['operate'], onAnswer);
  fireEvent.click(await screen.findByRole('button', { name: 'Try' }));
  expect(await screen.findByText('Yes: web reaches db on port 5432 in 0.4 ms.')).toBeTruthy();
  expect(asked.at(-1)).toEqual({ path: 'network.reach', input: { from: 'web', to: 'db', port: 5_432 } });
  expect(onAnswer.mock.calls.map(([answer]) => answer)).toEqual([null, ANSWER]);
});

it('asks for nothing with a port that cannot be', async () => {
  url.query = 'port=70000';
  show(['operate']);
  expect((await screen.findByRole('button', { name: 'Try' })).hasAttribute('disabled')).toBe(true);
  expect(screen.getByText('A whole number from 1 to 65535')).toBeTruthy();
});

it('offers it to those only who may operate', async () => {
  const asked = show(['read']);
  await waitFor(() => expect(asked.some(({ path }) => path === 'session.me')).toBe(true));
  expect(screen.queryByRole('button', { name: 'Try' })).toBeNull();
});
