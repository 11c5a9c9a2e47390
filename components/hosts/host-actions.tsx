'use client';
import { useMutation } from '@tanstack/react-query';
import { Ban, CircleCheck, KeyRound, LogOut, PackageOpen, Pencil, Server, Stethoscope, Trash2, Wrench } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useMay } from '@/components/shell/use-session.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ActsMenu } from '@/components/ui/acts-menu.tsx';
import { DropdownItem, DropdownSeparator } from '@/components/ui/dropdown.tsx';
import { notify } from '@/components/ui/notify.ts';
import type { Host } from '@/server/domain/entity/host.ts';
import { AcceptKey } from './accept-key.tsx';
import { CheckHost } from './check-host.tsx';
import { DrainHost } from './drain-host.tsx';
import { EditHost } from './edit-host.tsx';
import { MaintainHost } from './maintain-host.tsx';
import { RemoveHost } from './remove-host.tsx';

export interface HostActionsProps {
  host: Host;
  /** Containers of ours on it. */
  containers: number;
}

export function HostActions({ host, containers }: HostActionsProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const mayOperate = useMay('operate');
  const mayAdminister = useMay('administer');
  const [asking, setAsking] = useState<'remove' | 'key' | 'drain' | 'maintain' | 'edit' | 'check' | null>(null);
  const setUp = useMutation(trpc.host.setUp.mutationOptions({ onError: notify.failure }));
  const cordon = useMutation(trpc.host.cordon.mutationOptions({ onError: notify.failure }));
  return (
    <>
      <ActsMenu name={host.name}>
        <DropdownItem icon={<Server aria-hidden />} onSelect={() => router.push(`/hosts/${host.id}`)}>
          Open
        </DropdownItem>
        {mayOperate ? (
          <DropdownItem
            icon={host.cordoned ? <CircleCheck aria-hidden /> : <Ban aria-hidden />}
            onSelect={() => cordon.mutate({ hostId: host.id, cordoned: !host.cordoned })}
          >
            {host.cordoned ? 'Allow new containers' : 'Cordon: no new containers'}
          </DropdownItem>
        ) : null}
        {mayOperate ? (
          <DropdownItem icon={<Stethoscope aria-hidden />} onSelect={() => setAsking('check')}>
            Check the connection…
          </DropdownItem>
        ) : null}
        {mayOperate && !host.drain ? (
          <DropdownItem icon={<LogOut aria-hidden />} onSelect={() => setAsking('drain')}>
            Drain: move its containers…
          </DropdownItem>
        ) : null}
        {mayOperate && !host.maintenance ? (
          <DropdownItem icon={<Wrench aria-hidden />} onSelect={() => setAsking('maintain')}>
            Maintenance…
          </DropdownItem>
        ) : null}
        {mayAdminister ? (
          <>
            <DropdownItem icon={<PackageOpen aria-hidden />} onSelect={() => setUp.mutate({ hostId: host.id })}>
              Set up Docker Engine
            </DropdownItem>
            <DropdownItem icon={<Pencil aria-hidden />} onSelect={() => setAsking('edit')}>
              Edit…
            </DropdownItem>
            <DropdownItem icon={<KeyRound aria-hidden />} onSelect={() => setAsking('key')}>
              Compare host key…
            </DropdownItem>
            <DropdownSeparator />
            <DropdownItem icon={<Trash2 aria-hidden />} danger onSelect={() => setAsking('remove')}>
              Remove…
            </DropdownItem>
          </>
        ) : null}
      </ActsMenu>
      {asking === 'remove' ? <RemoveHost host={host} containers={containers} onClose={() => setAsking(null)} /> : null}
      {asking === 'drain' ? <DrainHost host={host} onClose={() => setAsking(null)} /> : null}
      {asking === 'maintain' ? <MaintainHost host={host} onClose={() => setAsking(null)} /> : null}
      {asking === 'check' ? <CheckHost host={host} onClose={() => setAsking(null)} /> : null}
      {asking === 'edit' ? <EditHost host={host} onClose={() => setAsking(null)} /> : null}
      {asking === 'key' ? <AcceptKey host={host} onClose={() => setAsking(null)} /> : null}
    </>
  );
}
