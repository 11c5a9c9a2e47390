'use client';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ChecksDialog } from '@/components/hosts/checks-dialog.tsx';
import { useTRPC } from '@/components/trpc/trpc.ts';
import type { RegistryView } from '@/server/api/masking/record-views.ts';

/** Each host logs in as soon as it opens. */
export function CheckRegistry({ registry, onClose }: { registry: RegistryView; onClose: () => void }) {
  const trpc = useTRPC();
  const check = useMutation(trpc.registry.check.mutationOptions());
  const { mutate } = check;
  const { id: address, username } = registry;
  useEffect(() => mutate({ address }), [mutate, address]);
  const checks = check.data?.map(({ hostId, host, error }) => ({
    name: hostId,
    title: host,
    state: error === null ? ('ok' as const) : ('failed' as const),
    text: error?.message ?? `${username} is logged in`,
    fix: error?.hint ?? null,
  }));
  return (
    <ChecksDialog
      title={`Login at ${address}`}
      description={`Each host that is ready logs in as ${username}, as it would for a pull. Nothing is kept there.`}
      act={check}
      checks={checks}
      again="Check again"
      onAgain={() => mutate({ address })}
      onClose={onClose}
    />
  );
}
