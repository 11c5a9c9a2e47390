'use client';
import { useMutation } from '@tanstack/react-query';
import { useRecords } from '@/components/live/use-live.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { AlertDialog } from '@/components/ui/alert-dialog.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Application } from '@/server/domain/entity/application.ts';

/** Asks before everything of an application stops. Containers and data stay, so no name is typed. */
export function StopApplication({ application, onClose }: { application: Application; onClose: () => void }) {
  const trpc = useTRPC();
  const stop = useMutation(trpc.entity.stop.mutationOptions({ onSuccess: onClose }));
  const running = useRecords('instance', (instance) => instance.applicationId === application.id && instance.state === 'running');
  return (
    <AlertDialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`Stop ${application.name}?`}
      description="Containers and their data stay; Start brings the same ones back."
      victims={[
        { title: `${formatCount(running.length, 'container stops', 'containers stop')}`, items: running.map((each) => each.containerName) },
      ]}
      action={`Stop ${application.name}`}
      busy={stop.isPending}
      error={stop.error ? toErrorView(stop.error) : null}
      onConfirm={() => stop.mutate({ entityId: application.rootId })}
    />
  );
}
