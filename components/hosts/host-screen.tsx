'use client';
import { useMutation } from '@tanstack/react-query';
import { Ban, CircleCheck, KeyRound, Server } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useLiveStatus, useRecord, useRecords } from '@/components/live/use-live.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { TerminalButton } from '@/components/terminal/terminal-button.tsx';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { formatBytes, formatPercent } from '@/components/ui/format-quantity.ts';
import { notify } from '@/components/ui/notify.ts';
import { PageHeader } from '@/components/ui/page-header.tsx';
import { SkeletonRows } from '@/components/ui/skeleton.tsx';
import { usePageTitle } from '@/components/ui/use-page-title.ts';
import { isMachine } from '@/server/domain/cloud/cloud-of-host.ts';
import type { Host } from '@/server/domain/entity/host.ts';
import type { LiveInstance } from '@/server/domain/entity/live-instance.ts';
import { USAGE_SENSOR } from '@/server/domain/sensor/usage-between.ts';
import { AcceptKey } from './accept-key.tsx';
import { CheckHost } from './check-host.tsx';
import { ForeignContainers } from './foreign-containers.tsx';
import { HistoryChart } from './history-chart.tsx';
import { HostActions } from './host-actions.tsx';
import { HostBanner } from './host-banner.tsx';
import { HostContainers } from './host-containers.tsx';
import { HostFactList } from './host-fact-list.tsx';
import { HostImages } from './host-images.tsx';
import { HostStateBadges } from './host-table.tsx';
import { SetUpPanel } from './set-up-panel.tsx';

export function HostScreen({ hostId }: { hostId: string }) {
  const { ready } = useLiveStatus();
  const host = useRecord('host', hostId);
  usePageTitle(host?.name);
  if (!ready) return <SkeletonRows />;
  if (!host) {
    return (
      <EmptyState
        icon={Server}
        title="No such host"
        actions={
          <Button asChild>
            <Link href="/hosts">All hosts</Link>
          </Button>
        }
      >
        It may have been removed, or your role does not include its cloud.
      </EmptyState>
    );
  }
  return <KnownHost host={host} />;
}

function isAway({ state }: Host): boolean {
  return state !== 'ready' && state !== 'setting-up';
}

function KnownHost({ host }: { host: Host }) {
  const trpc = useTRPC();
  const mayOperate = useMay('operate');
  const [checking, setChecking] = useState(false);
  const cordon = useMutation(trpc.host.cordon.mutationOptions({ onError: notify.failure }));
  const instances = useRecords('instance', (instance) => instance.hostId === host.id);
  const memoryBytes = host.facts?.memoryBytes;
  return (
    <>
      <PageHeader
        title={
          <span className="flex items-center gap-3">
            {host.name}
            <HostStateBadges host={host} />
          </span>
        }
        note={host.reason}
      >
        {mayOperate && isAway(host) ? <Button onClick={() => setChecking(true)}>Check the connection</Button> : null}
        {mayOperate && !isMachine(host) ? (
          <Button busy={cordon.isPending} onClick={() => cordon.mutate({ hostId: host.id, cordoned: !host.cordoned })}>
            {host.cordoned ? <CircleCheck aria-hidden /> : <Ban aria-hidden />}
            {host.cordoned ? 'Allow new containers' : 'Cordon'}
          </Button>
        ) : null}
        {host.state === 'ready' ? <TerminalButton permission="host-terminal" href={`/terminal?host=${host.id}`} /> : null}
        {isMachine(host) ? <MachineActions host={host} /> : <HostActions host={host} containers={instances.length} />}
      </PageHeader>
      {checking ? <CheckHost host={host} onClose={() => setChecking(false)} /> : null}
      <SetUpPanel host={host} />
      <HostBanner host={host} />
      <div className="grid gap-x-8 gap-y-6 px-4 py-4 lg:grid-cols-[minmax(0,320px)_minmax(0,1fr)]">
        <section aria-label="Facts">
          <HostFactList host={host} />
        </section>
        <section aria-label="Use" className="grid gap-6 xl:grid-cols-2">
          <HistoryChart subjectId={host.id} sensor={USAGE_SENSOR.machineCpu} title="CPU" format={formatPercent} max={1} />
          <HistoryChart
            subjectId={host.id}
            sensor={USAGE_SENSOR.machineMemoryUsed}
            title="Memory used"
            format={formatBytes}
            max={memoryBytes}
          />
        </section>
      </div>
      {isMachine(host) ? null : <OfContainers host={host} instances={instances} />}
    </>
  );
}

function OfContainers({ host, instances }: { host: Host; instances: readonly LiveInstance[] }) {
  return (
    <>
      <HostContainers host={host} instances={instances} />
      {/* Asked again when another container is there, or one less. */}
      <HostImages key={`images ${instances.length}`} host={host} />
      {/* Asked again when their number changes. */}
      <ForeignContainers key={host.foreignContainers} host={host} />
    </>
  );
}

/** It belongs to its process, and is given back with that: all that a person does here is to compare its key. */
function MachineActions({ host }: { host: Host }) {
  const mayAdminister = useMay('administer');
  const [asking, setAsking] = useState(false);
  if (!mayAdminister) return null;
  return (
    <>
      <Button onClick={() => setAsking(true)}>
        <KeyRound aria-hidden />
        Compare host key…
      </Button>
      {asking ? <AcceptKey host={host} onClose={() => setAsking(false)} /> : null}
    </>
  );
}
