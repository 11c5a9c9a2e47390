import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { Host } from '@/server/domain/entity/host.ts';
import { ClockerError } from '@/server/domain/shared/clocker-error.ts';
import { BulkDialog } from './bulk-dialog.tsx';

afterEach(cleanup);

it('goes on past one that is refused, tells which and why, and tries only that one again', async () => {
  const hosts = ['one', 'two', 'three'].map((name) => ({ id: name, name }) as unknown as Host);
  const asked: string[] = [];
  let isRefused = true;
  const onClose = vi.fn();
  const act = async (hostId: string) => {
    asked.push(hostId);
    if (hostId === 'two' && isRefused) throw new ClockerError('conflict', { message: 'two has containers', hint: 'Drain it first.' });
  };
  render(
    <BulkDialog hosts={hosts} title="Remove 3 hosts?" description="" victims={[]} action="Remove 3 hosts" act={act} onClose={onClose} />,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Remove 3 hosts' }));
  const again = await screen.findByRole('button', { name: 'Try 1 host again' });
  expect(screen.getByRole('list', { name: 'Progress' }).textContent).toBe('doneonerefusedtwotwo has containers (Drain it first.)donethree');
  expect(onClose).not.toHaveBeenCalled();
  isRefused = false;
  fireEvent.click(again);
  await waitFor(() => expect(onClose).toHaveBeenCalledWith(true));
  expect(asked).toEqual(['one', 'two', 'three', 'two']);
});
