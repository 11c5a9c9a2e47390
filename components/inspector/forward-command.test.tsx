import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { useMay } from '@/components/shell/use-session.ts';
import { showWithAnswers } from '@/components/testing/show-with-answers.tsx';
import type { LiveInstance } from '@/server/domain/entity/live-instance.ts';
import { ForwardCommand } from './forward-command.tsx';

afterEach(cleanup);

const port = (container: number, protocol: 'tcp' | 'udp' = 'tcp') => ({ container, protocol, host: 30_000 + container });

async function show({ ports = [], state = 'running', permissions = ['read', 'terminal'] }: Showing) {
  const instance = { entityId: 'e1' as LiveInstance['entityId'], state, ports };
  const part = (
    <>
      <ForwardCommand instance={instance} />
      <Session />
    </>
  );
  showWithAnswers(part, { 'session.me': { permissions } }, {});
  await screen.findByText('who is signed in is known');
}

function Session() {
  return useMay('read') ? <p>who is signed in is known</p> : null;
}

interface Showing {
  readonly ports?: LiveInstance['ports'];
  readonly state?: LiveInstance['state'];
  readonly permissions?: readonly string[];
}

it.each([
  ['the first TCP port that is published', [port(53, 'udp'), port(8080)], 'clocker forward e1 8080'],
  ['a word where none is', [], 'clocker forward e1 PORT'],
])('has %s', async (_, ports, command) => {
  await show({ ports });
  expect(await screen.findByText(command)).toBeTruthy();
  expect(screen.getByRole('button', { name: /^Copy the command/ })).toBeTruthy();
});

it('is for what runs', async () => {
  await show({ state: 'exited' });
  expect(screen.queryByText(/clocker forward/)).toBeNull();
});

it('is for those who may have a terminal there', async () => {
  await show({ permissions: ['read'] });
  expect(screen.queryByText(/clocker forward/)).toBeNull();
});
