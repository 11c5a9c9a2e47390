'use client';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ConnectionChecks } from '@/components/hosts/connection-checks.tsx';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { RegistryView } from '@/server/api/masking/record-views.ts';

/** Each host logs in as soon as it opens. */
export function CheckRegistry({ registry, onClose }: { registry: RegistryView; onClose: () => void }) {
  const trpc = useTRPC();
  const check = useMutation(trpc.registry.check.mutationOptions());
  const { mutate } = check;
  useEffect(() => mutate({ address: registry.id }), [mutate, registry.id]);
  const checks = check.data?.map(({ hostId, host, error }) => ({
    name: hostId,
    title: host,
    state: error === null ? ('ok' as const) : ('failed' as const),
    text: error?.message ?? `${registry.username} is logged in`,
    fix: error?.hint ?? null,
  }));
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`Login at ${registry.id}`}
      description={`Each host that is ready logs in as ${registry.username}, as it would for a pull. Nothing is kept there.`}
      footer={
        <>
          <Button busy={check.isPending} onClick={() => mutate({ address: registry.id })}>
            Check again
          </Button>
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3" aria-live="polite">
        {check.error ? <ErrorState error={toErrorView(check.error)} compact /> : null}
        {check.isPending ? <Skeleton className="h-24 w-full" /> : null}
        {checks ? <ConnectionChecks checks={checks} /> : null}
      </div>
    </Dialog>
  );
}
