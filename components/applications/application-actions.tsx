'use client';
import { useMutation } from '@tanstack/react-query';
import { FileCode2, Play, RotateCw, Square, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { StopEntity } from '@/components/inspector/stop-entity.tsx';
import { useMay } from '@/components/shell/use-session.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ActsMenu } from '@/components/ui/acts-menu.tsx';
import { DropdownItem, DropdownSeparator } from '@/components/ui/dropdown.tsx';
import { notify } from '@/components/ui/notify.ts';
import type { ApplicationRow } from './application-rows.ts';
import { DeleteApplication } from './delete-application.tsx';

/** What can be done to a whole application. What it does shows in its state and in the running tasks. */
export function ApplicationActions({ row: { application, root } }: { row: Pick<ApplicationRow, 'application' | 'root'> }) {
  const trpc = useTRPC();
  const router = useRouter();
  const mayOperate = useMay('operate');
  const [asking, setAsking] = useState<'stop' | 'delete' | null>(null);
  const start = useMutation(trpc.entity.start.mutationOptions({ onError: notify.failure }));
  const restart = useMutation(trpc.entity.restart.mutationOptions({ onError: notify.failure }));
  const entityId = application.rootId;
  const stopped = root?.goal === 'stopped';
  return (
    <>
      <ActsMenu name={application.name}>
        <DropdownItem icon={<FileCode2 aria-hidden />} onSelect={() => router.push(`/applications/${application.id}`)}>
          Open
        </DropdownItem>
        {mayOperate ? (
          <>
            <DropdownSeparator />
            {stopped ? (
              <DropdownItem icon={<Play aria-hidden />} onSelect={() => start.mutate({ entityId })}>
                Start
              </DropdownItem>
            ) : (
              <DropdownItem icon={<RotateCw aria-hidden />} onSelect={() => restart.mutate({ entityId })}>
                Restart
              </DropdownItem>
            )}
            {stopped ? null : (
              <DropdownItem icon={<Square aria-hidden />} onSelect={() => setAsking('stop')}>
                Stop…
              </DropdownItem>
            )}
            <DropdownSeparator />
            <DropdownItem icon={<Trash2 aria-hidden />} danger onSelect={() => setAsking('delete')}>
              Delete…
            </DropdownItem>
          </>
        ) : null}
      </ActsMenu>
      {asking === 'stop' ? <StopEntity entity={{ id: entityId, name: application.name }} onClose={() => setAsking(null)} /> : null}
      {asking === 'delete' ? <DeleteApplication application={application} onClose={() => setAsking(null)} /> : null}
    </>
  );
}
