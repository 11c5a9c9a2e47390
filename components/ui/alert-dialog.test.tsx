import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { AlertDialog, type AlertDialogProps } from './alert-dialog.tsx';

afterEach(cleanup);

function show(props: Partial<AlertDialogProps> = {}) {
  const onConfirm = vi.fn();
  render(
    <AlertDialog
      open
      onOpenChange={vi.fn()}
      title="Delete shop?"
      victims={[{ title: '2 containers stop', items: ['web on h1', 'db on h2'] }]}
      action="Delete shop"
      onConfirm={onConfirm}
      {...props}
    />,
  );
  return onConfirm;
}

it('lists what stops and puts the focus on Cancel', () => {
  show();
  expect(screen.getByText('db on h2')).toBeDefined();
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Cancel' }));
});

it('asks for the name only where data is lost, and then insists on it', () => {
  const onConfirm = show({ typeToConfirm: 'shop' });
  const act = screen.getByRole('button', { name: 'Delete shop' });
  expect(act).toHaveProperty('disabled', true);
  fireEvent.change(screen.getByRole('textbox'), { target: { value: 'shop' } });
  fireEvent.click(act);
  expect(onConfirm).toHaveBeenCalledTimes(1);
});

it('shows a refusal in place, with its code as a link', () => {
  show({ error: { code: 'conflict', message: 'It is being updated', retryable: true } });
  expect(screen.getByRole('link', { name: 'conflict' }).getAttribute('href')).toBe('/help/codes#conflict');
});
