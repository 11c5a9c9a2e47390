'use client';
import { SquareTerminal } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useLiveStatus, useRecord } from '@/components/live/use-live.ts';
import { useMay, useSession } from '@/components/shell/use-session.ts';
import { useTRPCClient } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { PageHeader } from '@/components/ui/page-header.tsx';
import { SkeletonRows } from '@/components/ui/skeleton.tsx';
import { useUrlState } from '@/components/ui/use-url-state.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import type { Host } from '@/server/domain/entity/host.ts';
import { ShellOptions, useShellOptions } from './shell-options.tsx';
import { TerminalView } from './terminal-view.tsx';

/** A shell in a container (`?entity=`) or on a host (`?host=`). */
export function TerminalScreen() {
  const [entityId] = useUrlState('entity', '');
  const [hostId] = useUrlState('host', '');
  const { ready } = useLiveStatus();
  const session = useSession();
  const entity = useRecord('entity', entityId);
  const host = useRecord('host', hostId);
  const may = useMay(entityId ? 'terminal' : 'host-terminal');
  if (!ready || session.isPending) return <SkeletonRows rows={8} />;
  if (!may) return <NotAllowed />;
  if (entity) return <ContainerTerminal entity={entity} />;
  return host ? <HostTerminal host={host} /> : <Nowhere />;
}

function ContainerTerminal({ entity }: { entity: Entity }) {
  const client = useTRPCClient();
  const options = useShellOptions();
  const [asking, setAsking] = useState(false);
  const { shell, user, folder } = options;
  const askTicket = () =>
    client.entity.terminal.mutate({ entityId: entity.id, shell, ...(user ? { user } : {}), ...(folder ? { folder } : {}) });
  return (
    <>
      <PageHeader title={`Terminal in ${entity.name}`} note={entity.type}>
        <Button asChild variant="ghost">
          <Link href={`/applications/${entity.applicationId}?entity=${entity.id}`}>Open {entity.name}</Link>
        </Button>
      </PageHeader>
      <TerminalView key={`${shell} ${user} ${folder}`} name={entity.name} askTicket={askTicket}>
        <Button variant="ghost" onClick={() => setAsking(true)}>
          Options…
        </Button>
      </TerminalView>
      {asking ? <ShellOptions options={options} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

function HostTerminal({ host }: { host: Host }) {
  const client = useTRPCClient();
  return (
    <>
      <PageHeader title={`Terminal on ${host.name}`} note={`${host.user}@${host.address}`}>
        <Button asChild variant="ghost">
          <Link href={`/hosts/${host.id}`}>Open {host.name}</Link>
        </Button>
      </PageHeader>
      <TerminalView name={host.name} askTicket={() => client.host.terminal.mutate({ hostId: host.id })} />
    </>
  );
}

function NotAllowed() {
  return (
    <EmptyState icon={SquareTerminal} title="You may not open a terminal here">
      Operators open one in containers, administrators also on hosts. Ask an administrator for a role that may.
    </EmptyState>
  );
}

function Nowhere() {
  return (
    <EmptyState
      icon={SquareTerminal}
      title="There is nothing to open a terminal in"
      actions={
        <>
          <Button asChild>
            <Link href="/applications">Applications</Link>
          </Button>
          <Button asChild>
            <Link href="/hosts">Hosts</Link>
          </Button>
        </>
      }
    >
      It was removed, or you may not see it. Choose a container or a host, and Terminal there.
    </EmptyState>
  );
}
