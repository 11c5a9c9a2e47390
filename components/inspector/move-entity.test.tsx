import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { showWithAnswers } from '@/components/testing/show-with-answers.tsx';
import type { Entity } from '@/server/domain/entity/entity.ts';
import type { HostId } from '@/server/domain/shared/ids.ts';
import { MoveEntity } from './move-entity.tsx';

afterEach(cleanup);

const TARGETS = {
  from: 'host-1' as string | null,
  problem: null as string | null,
  together: ['cache'],
  stopsFirst: [] as string[],
  hosts: [
    { hostId: 'h2', host: 'host-2', reason: 'has 3 of at most 3 containers' },
    { hostId: 'h3', host: 'host-3', reason: null },
  ],
};

const show = (targets: typeof TARGETS, onto: string | null = null) =>
  showWithAnswers(
    <MoveEntity entity={{ id: 'e1', name: 'web' } as unknown as Entity} onto={onto as HostId | null} onClose={() => undefined} />,
    {
      'entity.moveTargets': targets,
    },
    { taskId: 't1' },
  );

it('offers the hosts that would take it, and says why the others would not', async () => {
  const asked = show(TARGETS);
  expect((await screen.findByRole('radio', { name: 'host-2' })).hasAttribute('disabled')).toBe(true);
  expect(screen.getByText('has 3 of at most 3 containers')).toBeDefined();
  expect(screen.getByText(/has to be with it, and will go too: cache/)).toBeDefined();
  fireEvent.click(screen.getByRole('radio', { name: 'host-3' }));
  fireEvent.click(screen.getByRole('button', { name: 'Move' }));
  await waitFor(() => expect(asked.at(-1)).toEqual({ path: 'entity.move', input: { entityId: 'e1', toHostId: 'h3' } }));
});

it('begins with the host that it was dragged onto, and cannot be moved there where that takes it not', async () => {
  const asked = show(TARGETS, 'h3');
  expect((await screen.findByRole<HTMLInputElement>('radio', { name: 'host-3' })).checked).toBe(true);
  fireEvent.click(screen.getByRole('button', { name: 'Move' }));
  await waitFor(() => expect(asked.at(-1)).toEqual({ path: 'entity.move', input: { entityId: 'e1', toHostId: 'h3' } }));
  cleanup();
  show(TARGETS, 'h2');
  expect((await screen.findByRole<HTMLInputElement>('radio', { name: 'host-2' })).checked).toBe(true);
  expect(screen.getByRole('button', { name: 'Move' }).hasAttribute('disabled')).toBe(true);
  fireEvent.click(screen.getByRole('radio', { name: 'host-3' }));
  expect(screen.getByRole('button', { name: 'Move' }).hasAttribute('disabled')).toBe(false);
});

it('leaves the choice to placement unless told, and says where that finds none', async () => {
  const asked = show({ ...TARGETS, hosts: TARGETS.hosts.slice(0, 1) });
  expect(await screen.findByText('No host takes it now: it waits, and serves where it is.')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Move' }));
  await waitFor(() => expect(asked.at(-1)).toEqual({ path: 'entity.move', input: { entityId: 'e1' } }));
});

it('says whether it serves on meanwhile, or stops first because it keeps its address', async () => {
  show(TARGETS);
  expect(await screen.findByText(/starts on the other host before it stops/)).toBeDefined();
  cleanup();
  show({ ...TARGETS, together: [], stopsFirst: ['web'] });
  expect(await screen.findByText(/web keeps its network addresses: it stops here once all is ready there/)).toBeDefined();
});

it('says why it cannot be moved, and lets nobody ask for it', async () => {
  show({ from: null, problem: 'db cannot be moved: its data is on this host', together: [], stopsFirst: [], hosts: [] });
  expect(await screen.findByText(/its data is on this host/)).toBeDefined();
  expect(screen.getByRole('button', { name: 'Move' }).hasAttribute('disabled')).toBe(true);
});
