'use client';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Host } from '@/server/domain/entity/host.ts';
import { ConnectionChecks } from './connection-checks.tsx';

/** Looks as soon as it opens, over a connection of its own. */
export function CheckHost({ host, onClose }: { host: Host; onClose: () => void }) {
  const trpc = useTRPC();
  const check = useMutation(trpc.host.check.mutationOptions());
  const { mutate } = check;
  useEffect(() => mutate({ hostId: host.id }), [mutate, host.id]);
  const failed = check.data?.filter(({ state }) => state === 'failed').length;
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`Connection to ${host.name}`}
      description="Each thing between here and its Docker Engine, looked at now. Nothing is changed on the machine."
      footer={
        <>
          <Button busy={check.isPending} onClick={() => mutate({ hostId: host.id })}>
            Look again
          </Button>
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3" aria-live="polite">
        {check.error ? <ErrorState error={toErrorView(check.error)} compact /> : null}
        {check.isPending ? <Skeleton className="h-96 w-full" /> : null}
        {check.data && failed === 0 ? <p>Nothing stands in the way.</p> : null}
        {check.data ? <ConnectionChecks checks={check.data} /> : null}
      </div>
    </Dialog>
  );
}
