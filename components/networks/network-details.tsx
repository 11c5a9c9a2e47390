'use client';
import { ArrowLeft, TriangleAlert, Waypoints } from 'lucide-react';
import Link from 'next/link';
import { useRecordValue } from '@/components/live/use-live.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { DefinitionList } from '@/components/ui/definition-list.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { Meter } from '@/components/ui/progress.tsx';
import { StateBadge } from '@/components/ui/state-badge.tsx';
import { networkLook } from '@/components/ui/state-look.ts';
import { Table, Td, Th, Tr } from '@/components/ui/table.tsx';
import type { ListedNetwork, NetworkMember, NetworkPart } from '@/server/domain/network/list-networks.ts';
import { NetworkActions } from './network-actions.tsx';
import { peersOf } from './network-peers.ts';
import { NetworkReach } from './network-reach.tsx';
import type { NetworkRow } from './network-rows.ts';
import { NetworkRules } from './network-rules.tsx';
import { providerText } from './providers.ts';

/** One network: its addresses, the containers on it and the hosts that have it. */
export function NetworkDetails({ row, onClose }: { row: NetworkRow | null; onClose: () => void }) {
  if (row === null) {
    return (
      <aside aria-label="Details" className="min-h-0 flex-1 bg-surface max-md:hidden">
        <EmptyState icon={Waypoints} title="Select a network">
          Who is on it, at which address and under which names, and how it is made on each host.
        </EmptyState>
      </aside>
    );
  }
  const { network } = row;
  return (
    <aside aria-label="Details" className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto bg-surface p-4">
      <header className="flex flex-col gap-2">
        <Button variant="ghost" className="self-start md:hidden" onClick={onClose}>
          <ArrowLeft aria-hidden />
          All networks
        </Button>
        <span className="flex flex-wrap items-center gap-2">
          <h2 className="text-lg font-semibold">{network.name}</h2>
          <StateBadge look={networkLook(row)} />
          {network.internal ? <Badge>no way out</Badge> : null}
          {network.standing === null ? null : (
            <span className="ml-auto">
              <NetworkActions row={row} />
            </span>
          )}
        </span>
        {network.standing?.description ? <p className="text-ink-2">{network.standing.description}</p> : null}
        {row.problems.map((problem) => (
          <p key={problem} className="flex gap-2 text-sm text-warn">
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            {problem}
          </p>
        ))}
      </header>
      <DefinitionList items={factsOf(row)} />
      <Members network={network} />
      <NetworkRules network={network} />
      <NetworkReach key={network.id} network={network} />
      <Parts parts={network.parts} />
    </aside>
  );
}

function factsOf({ network, application, cloud }: NetworkRow) {
  const { applicationId, standing, provider, vni, subnet, capacity, used, mtu, domain } = network;
  const link = (
    <Link key="application" href={`/applications/${applicationId}`} className="hover:underline">
      {application}
    </Link>
  );
  return [
    ...(applicationId === null ? [] : [[standing === null ? 'Application' : 'Made by', link] as const]),
    ...(standing === null ? [] : [['Joined by', joinersText(standing.joiners)] as const]),
    ['Cloud', cloud] as const,
    ['Provider', vni === null ? providerText(provider) : `${providerText(provider)}, number ${vni}`] as const,
    ['Addresses', subnet === null ? 'given by Docker' : <code key="subnet">{subnet}</code>] as const,
    ...(used === null || capacity === null ? [] : [['In use', <Used key="used" used={used} capacity={capacity} />] as const]),
    ...(domain === null
      ? []
      : [['Names end with', <code key="domain">{standing === null ? domain : `APPLICATION.${domain}`}</code>] as const]),
    ...(mtu === null ? [] : [['Packets', `up to ${mtu} bytes`] as const]),
  ];
}

function joinersText(joiners: readonly string[] | null): string {
  if (joiners === null) return 'any application of the cloud';
  return joiners.length === 0 ? 'no application' : joiners.join(', ');
}

function Used({ used, capacity }: { used: number; capacity: number }) {
  return (
    <span className="flex items-center gap-2">
      <Meter share={used / capacity} label="Addresses in use" className="w-24" />
      <span className="tabular">
        {used} of {capacity}, {capacity - used} free
      </span>
    </span>
  );
}

function Members({ network }: { network: ListedNetwork }) {
  return (
    <section aria-labelledby="network-members">
      <h3 id="network-members" className="pb-2 font-medium">
        {formatCount(network.members.length, 'container')}
      </h3>
      {network.members.length === 0 ? null : (
        <Table aria-label={`Containers on ${network.name}`}>
          <thead>
            <tr>
              <Th>Entity</Th>
              <Th>Address</Th>
              <Th>Names</Th>
              <Th>Host</Th>
            </tr>
          </thead>
          <tbody>
            {network.members.map((member) => (
              <Member key={member.instanceId} member={member} isShared={network.standing !== null} />
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}

function Member({ member: { applicationId, entityId, hostId, address, aliases }, isShared }: { member: NetworkMember; isShared: boolean }) {
  const application = useRecordValue('application', applicationId, (one) => one.name);
  const name = useRecordValue('entity', entityId, (entity) => entity.name);
  return (
    <Tr>
      <Td className="max-w-36 truncate">
        <Link href={`/applications/${applicationId}?entity=${entityId}`} className="font-medium hover:underline">
          {name ?? entityId}
        </Link>
        {isShared ? <span className="text-ink-3"> {application}</span> : null}
      </Td>
      <Td className="font-mono text-xs">{address ?? <span className="text-ink-3">of Docker</span>}</Td>
      <Td className="max-w-32 truncate text-ink-2" title={aliases.join(', ')}>
        {aliases.join(', ')}
      </Td>
      <Td>
        <HostLink hostId={hostId} />
      </Td>
    </Tr>
  );
}

function Parts({ parts }: { parts: readonly NetworkPart[] }) {
  return (
    <section aria-labelledby="network-parts">
      <h3 id="network-parts" className="pb-2 font-medium">
        {formatCount(parts.length, 'host')}
      </h3>
      {parts.length === 0 ? null : (
        <Table aria-label="Hosts that have it">
          <thead>
            <tr>
              <Th>State</Th>
              <Th>Host</Th>
              <Th>Its own address</Th>
              <Th>Reaches</Th>
            </tr>
          </thead>
          <tbody>
            {parts.map(({ hostId, gateway, state, problem, peers }) => (
              <Tr key={hostId}>
                <Td className="w-px">
                  <StateBadge look={networkLook({ problems: peersOf({ problem, peers }).problems, isChanging: state !== 'ready' })} />
                </Td>
                <Td>
                  <HostLink hostId={hostId} />
                </Td>
                <Td className="font-mono text-xs">{gateway ?? <span className="text-ink-3">of Docker</span>}</Td>
                <Td className="text-ink-2" title={Object.values(peers).filter(Boolean).join('\n')}>
                  {peersOf({ problem, peers }).text}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}

function HostLink({ hostId }: { hostId: string }) {
  const name = useRecordValue('host', hostId, (host) => host.name);
  return (
    <Link href={`/hosts/${hostId}`} className="hover:underline">
      {name ?? hostId}
    </Link>
  );
}
