import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { FormDialog, type FormDialogProps } from './form-dialog.tsx';

afterEach(cleanup);

function show(props: Partial<FormDialogProps> = {}) {
  const [onSubmit, onClose] = [vi.fn(), vi.fn()];
  render(
    <FormDialog title="Add a user" action="Add user" busy={false} error={null} onSubmit={onSubmit} onClose={onClose} {...props}>
      <input aria-label="Name" required />
    </FormDialog>,
  );
  return { onSubmit, onClose };
}

it('sends the form by the button below it, once its fields are filled in', () => {
  const { onSubmit, onClose } = show();
  const send = screen.getByRole('button', { name: 'Add user' });
  fireEvent.click(send);
  expect(onSubmit).not.toHaveBeenCalled();
  fireEvent.change(screen.getByRole('textbox', { name: 'Name' }), { target: { value: 'ann' } });
  fireEvent.click(send);
  expect(onSubmit).toHaveBeenCalledTimes(1);
  expect(onClose).not.toHaveBeenCalled();
});

it('closes without sending when it is cancelled', () => {
  const { onSubmit, onClose } = show();
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(onClose).toHaveBeenCalledTimes(1);
  expect(onSubmit).not.toHaveBeenCalled();
});

it('stays and says why it was refused', () => {
  show({ error: new Error('The name is taken') });
  expect(screen.getByText(/The name is taken/)).toBeDefined();
});
