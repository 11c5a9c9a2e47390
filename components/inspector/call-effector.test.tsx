import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { showWithAnswers } from '@/components/testing/show-with-answers.tsx';
import type { Entity } from '@/server/domain/entity/entity.ts';
import { AddedEffectors } from './call-effector.tsx';

afterEach(cleanup);

const view = (name: string, parametersSchema: object = {}) => ({ name, description: `Does ${name}`, destructive: false, parametersSchema });
const BACKUP = view('backup', {
  type: 'object',
  properties: {
    where: { type: 'string', title: 'where', description: 'Folder', default: '/data' },
    copies: { type: 'integer', title: 'copies' },
  },
});

const show = (...effectors: readonly object[]) =>
  showWithAnswers(
    <AddedEffectors entity={{ id: 'e1', name: 'web' } as unknown as Entity} />,
    { 'entity.effectors': effectors },
    { taskId: 't1' },
  );

it('offers what a blueprint has added, asks for its parameters, and calls it with those that were given', async () => {
  const asked = show(view('start'), view('resize'), BACKUP);
  const button = await screen.findByRole('button', { name: 'Effectors' });
  fireEvent.keyDown(button, { key: 'Enter' });
  expect(screen.getAllByRole('menuitem').map((item) => item.textContent)).toEqual(['backup']);
  fireEvent.click(screen.getByRole('menuitem', { name: 'backup' }));
  expect(await screen.findByText('Does backup')).toBeDefined();
  expect(screen.getByLabelText('where (optional)').getAttribute('placeholder')).toBe('/data');
  fireEvent.change(screen.getByLabelText('copies (optional)'), { target: { value: '3' } });
  fireEvent.click(screen.getByRole('button', { name: 'Call backup' }));
  await waitFor(() =>
    expect(asked.at(-1)).toEqual({ path: 'entity.effector', input: { entityId: 'e1', effector: 'backup', parameters: { copies: 3 } } }),
  );
});

it('shows nothing where none are added', async () => {
  const asked = show(view('start'), view('stop'));
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(screen.queryByRole('button')).toBeNull();
});
