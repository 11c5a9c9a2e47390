'use client';
import { type ReactNode, useId } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { ErrorState } from './error-state.tsx';
import { toErrorView } from './to-error-view.ts';

export interface FormDialogProps {
  title: ReactNode;
  /** Fields, in two columns. */
  children: ReactNode;
  /** On the button that sends the form. */
  action: string;
  /** There is nothing to be sent. */
  disabled?: boolean;
  /** While it is sent. */
  busy: boolean;
  /** Why it was refused, where no field says so. */
  error: unknown;
  onSubmit: () => void;
  onClose: () => void;
}

/** A form that is filled in and sent; who shows it closes it when it is accepted. */
export function FormDialog({ title, children, action, disabled = false, busy, error, onSubmit, onClose }: FormDialogProps) {
  const formId = useId();
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" disabled={disabled} busy={busy}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
        className="grid grid-cols-2 gap-x-3 gap-y-4"
      >
        {children}
        {error ? (
          <div ref={bringIntoView} className="col-span-2">
            <ErrorState error={toErrorView(error)} compact />
          </div>
        ) : null}
      </form>
    </Dialog>
  );
}

/** A long form has scrolled away from its end, where it says why it was refused. */
function bringIntoView(node: HTMLElement | null): void {
  node?.scrollIntoView?.({ block: 'nearest' });
}
