'use client';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import type { Host } from '@/server/domain/entity/host.ts';
import { ChecksDialog } from './checks-dialog.tsx';

/** Looks as soon as it opens, over a connection of its own. */
export function CheckHost({ host, onClose }: { host: Host; onClose: () => void }) {
  const trpc = useTRPC();
  const check = useMutation(trpc.host.check.mutationOptions());
  const { mutate } = check;
  useEffect(() => mutate({ hostId: host.id }), [mutate, host.id]);
  return (
    <ChecksDialog
      title={`Connection to ${host.name}`}
      description="Each thing between here and its Docker Engine, looked at now. Nothing is changed on the machine."
      act={check}
      checks={check.data}
      allWell="Nothing stands in the way."
      again="Look again"
      onAgain={() => mutate({ hostId: host.id })}
      onClose={onClose}
    />
  );
}
