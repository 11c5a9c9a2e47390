'use client';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import { ConnectionChecks, type ShownCheck } from './connection-checks.tsx';

export interface ChecksDialogProps {
  title: string;
  description: string;
  /** The mutation that looks. */
  act: { readonly isPending: boolean; readonly error: unknown };
  /** What it found; undefined before it has. */
  checks: readonly ShownCheck[] | undefined;
  /** Said where none has failed. */
  allWell?: string;
  again: string;
  onAgain: () => void;
  onClose: () => void;
}

/** What was looked at just now, and can be looked at again. */
export function ChecksDialog({ title, description, act, checks, allWell, again, onAgain, onClose }: ChecksDialogProps) {
  const isWell = checks?.every(({ state }) => state !== 'failed');
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={title}
      description={description}
      footer={
        <>
          <Button busy={act.isPending} onClick={onAgain}>
            {again}
          </Button>
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3" aria-live="polite">
        {act.error ? <ErrorState error={toErrorView(act.error)} compact /> : null}
        {act.isPending ? <Skeleton className="h-96 w-full" /> : null}
        {allWell !== undefined && isWell ? <p>{allWell}</p> : null}
        {checks ? <ConnectionChecks checks={checks} /> : null}
      </div>
    </Dialog>
  );
}
