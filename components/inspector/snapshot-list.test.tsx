import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { LiveContext, makeLiveStores } from '@/components/live/live-context.ts';
import { showWithAnswers } from '@/components/testing/show-with-answers.tsx';
import { BARE_CONTAINER } from '@/server/domain/entity/container-spec.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import type { Snapshot } from '@/server/domain/snapshot/snapshot.ts';
import { SnapshotList } from './snapshot-list.tsx';

// Radix measures its checkbox; what has no layout has no size either.
beforeAll(() => {
  const ResizeObserver = vi.fn(function none() {
    return { observe: vi.fn(), unobserve: vi.fn(), disconnect: vi.fn() };
  });
  vi.stubGlobal('ResizeObserver', ResizeObserver);
});
afterEach(cleanup);

const WEB = { id: 'web', name: 'web', instanceId: 'i1' } as unknown as Entity;
const READY = {
  ...{ id: 's1', applicationId: 'a', entityId: 'web', entityName: 'web', instanceId: 'i1', hostId: 'h1', image: 'clocker/snapshot:s1' },
  ...{ takenOf: 'web:1', state: 'ready', problem: '', pause: true, sizeBytes: 5_000_000, note: 'before', by: 'ann', at: 1 },
  secrets: {
    variables: ['TOKEN'],
    labels: [],
    files: ['/etc/app.conf'],
    command: false,
    entrypoint: false,
    healthcheck: false,
    read: ['local/token'],
  },
  volumes: ['data at /data'],
} as unknown as Snapshot;

/** The section before a server with these snapshots; gives what it is asked to do. */
function show(snapshots: readonly Snapshot[], entity: Entity = WEB) {
  const stores = makeLiveStores();
  const records = [
    { kind: 'host', id: 'h1', record: { id: 'h1', name: 'host-1' } },
    { kind: 'instance', id: 'i1', record: { id: 'i1', entityId: 'web', spec: { ...BARE_CONTAINER, image: 'web:1' } } },
    ...snapshots.map((record) => ({ kind: 'snapshot' as const, id: record.id, record })),
  ] as const;
  stores.live.apply({ revision: 1, snapshot: records });
  const part = (
    <LiveContext value={stores}>
      <SnapshotList entity={entity} />
    </LiveContext>
  );
  return showWithAnswers(part, { 'session.me': { permissions: ['read', 'operate'] } }, {});
}

const acts = (asked: ReturnType<typeof show>) => asked.filter(({ path }) => path !== 'session.me');

async function choose(item: string): Promise<void> {
  fireEvent.keyDown(await screen.findByRole('button', { name: 'Acts on snapshot before' }), { key: 'Enter' });
  fireEvent.click(await screen.findByRole('menuitem', { name: item }));
}

it('takes one with a note, while the container stands still unless told otherwise', async () => {
  const asked = show([]);
  fireEvent.click(await screen.findByRole('button', { name: 'Take a snapshot…' }));
  fireEvent.change(screen.getByLabelText('Note'), { target: { value: 'before' } });
  fireEvent.click(screen.getByRole('checkbox', { name: /Hold the container still/ }));
  fireEvent.click(screen.getByRole('button', { name: 'Take the snapshot' }));
  await waitFor(() => expect(acts(asked)).toEqual([{ path: 'snapshot.take', input: { entityId: 'web', note: 'before', pause: false } }]));
});

it('says what is lost before it restores', async () => {
  const asked = show([READY]);
  await choose('Restore…');
  expect(screen.getByText('What its container has written since is lost')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Restore web' }));
  await waitFor(() => expect(acts(asked)).toEqual([{ path: 'snapshot.restore', input: { snapshotId: 's1' } }]));
});

it('names the secrets in it before it is pushed, and sends what was named', async () => {
  const asked = show([READY]);
  await choose('Push to the registry…');
  expect(screen.getByText('1 file with secrets is in it')).toBeDefined();
  expect(screen.getByText('TOKEN')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Push it with these files' }));
  await waitFor(() => expect(acts(asked)).toEqual([{ path: 'snapshot.push', input: { snapshotId: 's1', files: ['/etc/app.conf'] } }]));
});

it('offers the way back to what runs from one, and does not offer to remove that one', async () => {
  const asked = show([READY], { ...WEB, snapshot: { id: READY.id, insteadOf: 'web:1', serial: 1 } });
  fireEvent.keyDown(await screen.findByRole('button', { name: 'Acts on snapshot before' }), { key: 'Enter' });
  expect((await screen.findByRole('menuitem', { name: 'Remove…' })).getAttribute('aria-disabled')).toBe('true');
  fireEvent.keyDown(screen.getByRole('menu'), { key: 'Escape' });
  fireEvent.click(await screen.findByRole('button', { name: "Back to the blueprint's image…" }));
  fireEvent.click(screen.getByRole('button', { name: "Back to the blueprint's image" }));
  await waitFor(() => expect(acts(asked)).toEqual([{ path: 'snapshot.leave', input: { entityId: 'web' } }]));
});

it('tells why one failed', async () => {
  show([{ ...READY, state: 'failed', problem: 'no space left' }]);
  expect(await screen.findByText('Failed: no space left')).toBeDefined();
});
