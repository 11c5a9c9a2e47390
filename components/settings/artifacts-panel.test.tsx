import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { showWithAnswers } from '@/components/testing/show-with-answers.tsx';
import type { ArtifactRule } from '@/server/domain/artifact/artifact-rule.ts';
import { ArtifactsPanel } from './artifacts-panel.tsx';

afterEach(cleanup);

const MAVEN: ArtifactRule = { id: 'https://repo1.maven.org/maven2/', to: 'http://mirror.local/maven/', setAt: 0, setBy: 'ann' };

const show = (rules: readonly ArtifactRule[]) => showWithAnswers(<ArtifactsPanel />, { 'artifactRule.list': rules }, { ok: true });
const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

it('keeps a new rule', async () => {
  const asked = show([]);
  fireEvent.click(await screen.findByRole('button', { name: 'Add rule' }));
  type('Addresses that begin with', ` ${MAVEN.id} `);
  type('Come from', MAVEN.to);
  fireEvent.click(screen.getByRole('button', { name: 'Add the rule' }));
  await waitFor(() => expect(asked).toEqual([{ path: 'artifactRule.set', input: { from: MAVEN.id, to: MAVEN.to } }]));
  await waitFor(() => expect(screen.queryByLabelText('Come from')).toBeNull());
});

it('changes where a beginning comes from, and leaves the beginning as it is', async () => {
  const asked = show([MAVEN]);
  fireEvent.click(await screen.findByRole('button', { name: 'Edit' }));
  expect(screen.getByLabelText('Addresses that begin with').hasAttribute('disabled')).toBe(true);
  type('Come from', 'http://other/');
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(asked).toEqual([{ path: 'artifactRule.set', input: { from: MAVEN.id, to: 'http://other/' } }]));
});

it('says what a removal means before it is done', async () => {
  const asked = show([MAVEN]);
  fireEvent.click(await screen.findByRole('button', { name: 'Remove' }));
  const dialog = await screen.findByRole('alertdialog');
  expect(dialog.textContent).toContain(`This comes from where it says again${MAVEN.id}`);
  fireEvent.click(within(dialog).getByRole('button', { name: 'Remove the rule' }));
  await waitFor(() => expect(asked).toEqual([{ path: 'artifactRule.remove', input: { from: MAVEN.id } }]));
});
