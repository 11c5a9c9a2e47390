'use client';
import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ActDialog } from '@/components/ui/act-dialog.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import type { Host } from '@/server/domain/entity/host.ts';

/** Forgets a host. Nothing on the machine changes; one that still has containers of ours is refused by the server. */
export function RemoveHost({ host, containers, onClose }: { host: Host; containers: number; onClose: () => void }) {
  const trpc = useTRPC();
  const remove = useMutation(trpc.host.remove.mutationOptions({ onSuccess: onClose }));
  return (
    <ActDialog
      act={remove}
      onClose={onClose}
      title={`Remove ${host.name}?`}
      description="Clocker forgets this machine and its key. Nothing on the machine changes."
      victims={
        containers > 0
          ? [
              {
                title: `It still has ${formatCount(containers, 'container')} of ours, so this will be refused. Drain it first.`,
                items: [],
              },
            ]
          : [{ title: 'No container of ours is on it.', items: [] }]
      }
      action={`Remove ${host.name}`}
      onConfirm={() => remove.mutate({ hostId: host.id })}
    />
  );
}
