import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { showWithAnswers } from '@/components/testing/show-with-answers.tsx';
import type { RegistryView } from '@/server/api/masking/record-views.ts';
import { RegistriesPanel } from './registries-panel.tsx';

afterEach(cleanup);

const MIRROR: RegistryView = { id: 'mirror.local:5000', username: 'ada', insteadOf: ['docker.io'], setAt: 0, setBy: 'ann' };
const REFUSED = { code: 'registry.login-failed', message: 'mirror.local:5000 refuses ada', hint: 'Give the password.', retryable: false };

/** The panel before a server that has these registries; gives what it is asked to do. */
function show(registries: readonly RegistryView[]) {
  const checked = [
    { hostId: 'h1', host: 'docker-1', error: null },
    { hostId: 'h2', host: 'docker-2', error: REFUSED },
  ];
  return showWithAnswers(<RegistriesPanel />, { 'registry.list': registries, 'registry.check': checked }, { ok: true });
}

const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

it('keeps a new registry with its login and the names that come from it', async () => {
  const asked = show([]);
  fireEvent.click(await screen.findByRole('button', { name: 'Add registry' }));
  type('Address', 'ghcr.io/acme');
  type('User', 'ada');
  type('Password or token', 'hunter');
  type('Instead of', 'docker.io, quay.io/acme');
  fireEvent.click(screen.getByRole('button', { name: 'Add the registry' }));
  const input = { address: 'ghcr.io/acme', username: 'ada', password: 'hunter', insteadOf: ['docker.io', 'quay.io/acme'] };
  await waitFor(() => expect(asked).toEqual([{ path: 'registry.set', input }]));
  await waitFor(() => expect(screen.queryByLabelText('Address')).toBeNull());
});

it('leaves the password of a user as it is where none is typed, and wants one for another user', async () => {
  const asked = show([MIRROR]);
  fireEvent.click(await screen.findByRole('button', { name: 'Edit' }));
  expect(screen.getByLabelText('Password or token').hasAttribute('required')).toBe(false);
  type('Instead of', '');
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(asked).toEqual([{ path: 'registry.set', input: { address: MIRROR.id, username: 'ada', insteadOf: [] } }]));
  fireEvent.click(await screen.findByRole('button', { name: 'Edit' }));
  type('User', 'grace');
  expect(screen.getByLabelText('Password or token').hasAttribute('required')).toBe(true);
});

it('shows what each host says of a login, in words', async () => {
  show([MIRROR]);
  fireEvent.click(await screen.findByRole('button', { name: 'Check' }));
  const [good, bad] = await screen.findAllByRole('listitem');
  expect(within(good as HTMLElement).getByText('ada is logged in')).toBeDefined();
  expect(bad?.textContent).toContain('failed');
  expect(bad?.textContent).toContain('Give the password.');
});

it('lists what a removal takes', async () => {
  const asked = show([MIRROR]);
  fireEvent.click(await screen.findByRole('button', { name: 'Remove' }));
  const dialog = await screen.findByRole('alertdialog');
  expect(dialog.textContent).toContain('The login of ada is gone for good.');
  expect(dialog.textContent).toContain('docker.io');
  fireEvent.click(within(dialog).getByRole('button', { name: 'Remove mirror.local:5000' }));
  await waitFor(() => expect(asked).toEqual([{ path: 'registry.remove', input: { address: MIRROR.id } }]));
});
