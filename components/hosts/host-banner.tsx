'use client';
import { useMutation } from '@tanstack/react-query';
import { LogOut, Wrench } from 'lucide-react';
import { useRecord } from '@/components/live/use-live.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { notify } from '@/components/ui/notify.ts';
import { Progress } from '@/components/ui/progress.tsx';
import { Time } from '@/components/ui/time.tsx';
import type { Host, HostDrain, HostMaintenance } from '@/server/domain/entity/host.ts';

/** What is being done to a host: it is drained, or somebody works on it. */
export function HostBanner({ host }: { host: Host }) {
  return (
    <>
      {host.drain ? <Draining host={host} drain={host.drain} /> : null}
      {host.maintenance ? <InMaintenance host={host} maintenance={host.maintenance} /> : null}
    </>
  );
}

function Draining({ host, drain }: { host: Host; drain: HostDrain }) {
  const trpc = useTRPC();
  const may = useMay('operate');
  const task = useRecord('task', drain.taskId);
  const cancel = useMutation(trpc.host.cancelDrain.mutationOptions({ onError: notify.failure }));
  return (
    <section aria-label="Draining" className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-sunken px-4 py-3">
      <LogOut aria-hidden className="size-4 shrink-0 text-busy" />
      <p className="min-w-0 flex-1" aria-live="polite">
        Being drained since <Time at={drain.since} />
        {drain.afterwards === 'remove' ? ', and removed once it is empty' : ''}.{' '}
        <span className="text-ink-2">{task?.progress?.text ?? ''}</span>
      </p>
      <Progress className="w-40" label={`Draining ${host.name}`} value={task?.progress?.fraction ?? null} />
      {may ? (
        <Button busy={cancel.isPending} onClick={() => cancel.mutate({ hostId: host.id })}>
          Cancel
        </Button>
      ) : null}
    </section>
  );
}

function InMaintenance({ host, maintenance }: { host: Host; maintenance: HostMaintenance }) {
  const trpc = useTRPC();
  const may = useMay('operate');
  const end = useMutation(trpc.host.maintenance.mutationOptions({ onError: notify.failure }));
  return (
    <section aria-label="Maintenance" className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-sunken px-4 py-3">
      <Wrench aria-hidden className="size-4 shrink-0 text-warn" />
      <p className="min-w-0 flex-1">
        In maintenance since <Time at={maintenance.since} />, by {maintenance.by}
        {maintenance.note ? `: ${maintenance.note}` : ''}.{' '}
        <span className="text-ink-2">No new containers, and nothing is started elsewhere when it goes away.</span>
      </p>
      {may ? (
        <Button busy={end.isPending} onClick={() => end.mutate({ hostId: host.id, on: false })}>
          End maintenance
        </Button>
      ) : null}
    </section>
  );
}
