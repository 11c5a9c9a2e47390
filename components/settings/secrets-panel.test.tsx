import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { showWithAnswers } from '@/components/testing/show-with-answers.tsx';
import type { ListedSecret } from '@/server/api/secret/list.ts';
import { SecretsPanel } from './secrets-panel.tsx';

afterEach(cleanup);

const READ: ListedSecret = { id: 'secrets/db', provider: 'secrets', name: 'db', setAt: 0, setBy: 'ann', applications: ['shop'] };

/** The panel before a server that has these secrets; gives what it is asked to do. */
function show(secrets: readonly ListedSecret[]) {
  return showWithAnswers(<SecretsPanel />, { 'secret.list': secrets }, { applications: [] });
}

it('keeps a new secret under its provider and name', async () => {
  const asked = show([]);
  fireEvent.click(await screen.findByRole('button', { name: 'Add secret' }));
  fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'db' } });
  fireEvent.change(screen.getByLabelText('Secret'), { target: { value: 'hunter' } });
  fireEvent.click(screen.getByRole('button', { name: 'Keep the secret' }));
  await waitFor(() => expect(asked).toEqual([{ path: 'secret.set', input: { provider: 'secrets', name: 'db', secret: 'hunter' } }]));
  await waitFor(() => expect(screen.queryByLabelText('Secret')).toBeNull());
});

it('says who reads a secret, and that it cannot be removed as long as they do', async () => {
  show([READ]);
  expect((await screen.findByRole('row', { name: /secrets.*db .*shop/ })).textContent).not.toContain('hunter');
  fireEvent.click(screen.getByRole('button', { name: 'Remove' }));
  expect(screen.getByText('1 application reads it, so this will be refused')).toBeDefined();
});

it('replaces the text of one that is there, and neither its provider nor its name', async () => {
  const asked = show([READ]);
  fireEvent.click(await screen.findByRole('button', { name: 'Replace' }));
  expect(screen.getByLabelText('Name')).toHaveProperty('disabled', true);
  fireEvent.change(screen.getByLabelText('Secret'), { target: { value: 'other' } });
  fireEvent.click(screen.getByRole('button', { name: 'Replace the secret' }));
  await waitFor(() => expect(asked).toEqual([{ path: 'secret.set', input: { provider: 'secrets', name: 'db', secret: 'other' } }]));
});
