import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { useMay } from '@/components/shell/use-session.ts';
import { showWithAnswers } from '@/components/testing/show-with-answers.tsx';
import { BARE_CONTAINER, type ContainerSpec } from '@/server/domain/entity/container-spec.ts';
import type { InstanceState } from '@/server/domain/entity/instance.ts';
import { toLiveInstance } from '@/server/domain/entity/live-instance.ts';
import { anInstance } from '@/server/testing/records.ts';
import { ForwardCommand } from './forward-command.tsx';

afterEach(cleanup);

const port = (container: number, protocol: 'tcp' | 'udp' = 'tcp') => ({ container, protocol, host: null });

async function show({ spec = {}, state = 'running', permissions = ['read', 'terminal'] }: Showing) {
  const own = { id: 'i1', entityId: 'e1', state, spec: { ...BARE_CONTAINER, image: 'x:1', ...spec } };
  const instance = toLiveInstance(anInstance(own));
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
  readonly spec?: Partial<ContainerSpec>;
  readonly state?: InstanceState;
  readonly permissions?: readonly string[];
}

it.each([
  ['a published port first', { ports: [port(53, 'udp'), port(8080)], options: { expose: ['5432/tcp'] } }, 'clocker forward e1 8080'],
  ['one that is told and not published', { options: { expose: ['53/udp', '5432/tcp'] } }, 'clocker forward e1 5432'],
  ['a word where none is known', {}, 'clocker forward e1 PORT'],
])('has %s', async (_, spec, command) => {
  await show({ spec });
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
