'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ActDialog } from '@/components/ui/act-dialog.tsx';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import type { Application } from '@/server/domain/entity/application.ts';
import { deletionVictims } from './deletion-victims.ts';

export interface DeleteApplicationProps {
  application: Pick<Application, 'id' | 'name'>;
  onClose: () => void;
  /** After the delete was accepted, before everything is gone. */
  onDeleted?: () => void;
}

/** Lists what stops and what dies, as the server computed it. The name is typed only when data goes. */
export function DeleteApplication({ application, onClose, onDeleted }: DeleteApplicationProps) {
  const trpc = useTRPC();
  const [removeVolumes, setRemoveVolumes] = useState(false);
  const [withApplications, setWithApplications] = useState(false);
  const preview = useQuery(trpc.application.deletionPreview.queryOptions({ applicationId: application.id }, { staleTime: 0 }));
  const remove = useMutation(
    trpc.application.delete.mutationOptions({
      onSuccess: () => {
        onClose();
        onDeleted?.();
      },
    }),
  );
  const volumes = preview.data?.volumes.length ?? 0;
  const isCloud = (preview.data?.clouds.length ?? 0) > 0;
  const others = preview.data?.clouds.reduce((sum, cloud) => sum + cloud.applications.length, 0) ?? 0;
  const onClouds = withApplications ? 'delete' : 'stop';
  return (
    <ActDialog
      act={{ isPending: remove.isPending, error: preview.error ?? remove.error }}
      onClose={onClose}
      title={`Delete ${application.name}?`}
      description={preview.data ? undefined : 'Looking up what that would remove…'}
      victims={preview.data ? deletionVictims(preview.data, removeVolumes ? 'remove' : 'keep', onClouds) : []}
      action={`Delete ${application.name}`}
      typeToConfirm={(removeVolumes && (volumes > 0 || isCloud)) || withApplications ? application.name : undefined}
      busy={preview.isPending}
      onConfirm={() => remove.mutate({ applicationId: application.id, removeVolumes, ...(isCloud ? { onClouds } : {}) })}
    >
      {others > 0 ? (
        <Checkbox
          checked={withApplications}
          onChange={setWithApplications}
          label={`Delete ${formatCount(others, 'application')} on it too`}
          hint="Left unticked, they are stopped, and can be started once there is a cloud of this name again."
        />
      ) : null}
      {isCloud && volumes === 0 ? (
        <Checkbox
          checked={removeVolumes}
          onChange={setRemoveVolumes}
          label="Remove all volumes of its hosts too"
          hint="Left unticked, they stay on machines that stay; machines that were made for it are gone with what is on them."
        />
      ) : null}
      {volumes > 0 ? (
        <Checkbox
          checked={removeVolumes}
          onChange={setRemoveVolumes}
          label={`Remove ${formatCount(volumes, 'named volume')} too`}
          hint="Their data is lost for good. Left unticked, they stay on their hosts."
        />
      ) : null}
    </ActDialog>
  );
}
