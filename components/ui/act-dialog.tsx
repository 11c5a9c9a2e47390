'use client';
import { AlertDialog, type AlertDialogProps } from './alert-dialog.tsx';
import { toErrorView } from './to-error-view.ts';

export interface ActDialogProps extends Omit<AlertDialogProps, 'open' | 'onOpenChange' | 'error'> {
  /** The mutation that is asked for: busy while it runs, and where it failed the dialog stays and says why. */
  act: { readonly isPending: boolean; readonly error: unknown };
  onClose: () => void;
}

/** Asks before one act, does it, and stays open until it is accepted. */
export function ActDialog({ act, onClose, busy = false, ...props }: ActDialogProps) {
  return (
    <AlertDialog
      open
      onOpenChange={(open) => open || onClose()}
      busy={busy || act.isPending}
      error={act.error ? toErrorView(act.error) : null}
      {...props}
    />
  );
}
