'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ActDialog } from '@/components/ui/act-dialog.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import type { Application } from '@/server/domain/entity/application.ts';

export interface ReleaseApplicationProps {
  application: Pick<Application, 'id' | 'name'>;
  onClose: () => void;
  onReleased: () => void;
}

/** Gives adopted containers back: says which run on, or what stands against it. */
export function ReleaseApplication({ application, onClose, onReleased }: ReleaseApplicationProps) {
  const trpc = useTRPC();
  const preview = useQuery(trpc.application.releasePreview.queryOptions({ applicationId: application.id }, { staleTime: 0 }));
  const release = useMutation(
    trpc.application.release.mutationOptions({
      onSuccess: () => {
        onClose();
        onReleased();
      },
    }),
  );
  const { containers = [], blockers = [] } = preview.data ?? {};
  return (
    <ActDialog
      act={{ isPending: release.isPending, error: preview.error ?? release.error }}
      onClose={onClose}
      busy={preview.isPending || blockers.length > 0}
      title={`Release ${application.name}?`}
      description="Clocker forgets the application with its blueprint and history. Its containers run on, and nobody looks after them here any more."
      victims={
        blockers.length > 0
          ? [{ title: 'It cannot be released', items: blockers, lost: true }]
          : [
              {
                title: formatCount(containers.length, 'container runs on as it is', 'containers run on as they are'),
                items: containers.map(({ entity, host, name }) => `${entity} on ${host} (${name})`),
              },
            ]
      }
      action={`Release ${application.name}`}
      onConfirm={() => release.mutate({ applicationId: application.id })}
    />
  );
}
