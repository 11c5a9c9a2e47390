'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '@/components/shell/use-session.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ActDialog } from '@/components/ui/act-dialog.tsx';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Host } from '@/server/domain/entity/host.ts';

/** Lists what leaves the host and what stays, then drains it. */
export function DrainHost({ host, onClose }: { host: Host; onClose: () => void }) {
  const trpc = useTRPC();
  const mayAdminister = useMay('administer');
  const [remove, setRemove] = useState(false);
  const preview = useQuery(trpc.host.drainPreview.queryOptions({ hostId: host.id }, { staleTime: 0 }));
  const drain = useMutation(trpc.host.drain.mutationOptions({ onSuccess: onClose }));
  const lines = preview.data ?? [];
  const leaving = lines.filter((line) => line.leaves);
  const staying = lines.filter((line) => !line.leaves);
  return (
    <ActDialog
      act={drain}
      onClose={onClose}
      busy={preview.isPending}
      title={`Drain ${host.name}?`}
      description="It gets no new containers. What can leave starts on another host before it stops here; load balancers follow."
      victims={
        preview.error
          ? [{ title: `What is on it is not known: ${toErrorView(preview.error).message}`, items: [] }]
          : [
              {
                title: leaving.length === 0 ? 'Nothing leaves' : `${formatCount(leaving.length, 'entity', 'entities')} will leave`,
                items: leaving.map(({ name, application, text }) => `${application} / ${name}: ${text}`),
              },
              ...(staying.length === 0
                ? []
                : [
                    {
                      title: `${formatCount(staying.length, 'entity', 'entities')} will stay`,
                      items: staying.map(({ name, application, text }) => `${application} / ${name}: ${text}`),
                    },
                  ]),
            ]
      }
      action={`Drain ${host.name}`}
      onConfirm={() => drain.mutate({ hostId: host.id, afterwards: remove ? 'remove' : 'keep' })}
    >
      {mayAdminister && !host.origin ? (
        <Checkbox checked={remove} onChange={setRemove} label="Remove the host from its cloud once it is empty" />
      ) : null}
    </ActDialog>
  );
}
