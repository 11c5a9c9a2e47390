'use client';
import { Scale } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Fragment, useState } from 'react';
import { useMay } from '@/components/shell/use-session.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { formatCpus } from '@/components/ui/format-quantity.ts';
import { NameCell } from '@/components/ui/name-cell.tsx';
import { StateBadge } from '@/components/ui/state-badge.tsx';
import { hostLook } from '@/components/ui/state-look.ts';
import { Table, Td, Th, ThActs, Tr } from '@/components/ui/table.tsx';
import { Time } from '@/components/ui/time.tsx';
import { useRowKeys } from '@/components/ui/use-row-keys.ts';
import type { Cloud, Host } from '@/server/domain/entity/host.ts';
import { HostActions } from './host-actions.tsx';
import { type CloudGroup, type HostRow, labelTexts } from './host-rows.ts';
import { HostCpu, HostFree, HostMemory } from './host-usage.tsx';
import { RebalanceCloud } from './rebalance-cloud.tsx';

const COLUMNS = 9;

/** `j` and `k` walk the rows, Enter opens one. */
export function HostTable({ groups }: { groups: readonly CloudGroup[] }) {
  const router = useRouter();
  const mayOperate = useMay('operate');
  const ids = groups.flatMap((group) => group.rows.map((row) => row.host.id));
  const selected = useRowKeys(ids, (id) => router.push(`/hosts/${id}`));
  return (
    <Table aria-label="Hosts">
      <thead>
        <tr>
          <Th>State</Th>
          <Th>Name</Th>
          <Th className="max-sm:hidden">CPU</Th>
          <Th className="max-sm:hidden">Memory</Th>
          <Th className="text-right max-lg:hidden">Free</Th>
          <Th className="text-right">Containers</Th>
          <Th className="max-lg:hidden">Engine</Th>
          <Th className="max-lg:hidden">Labels</Th>
          <ThActs />
        </tr>
      </thead>
      <tbody>
        {groups.map(({ cloud, rows }) => (
          <Fragment key={cloud.id}>
            {rows.length > 0 && (groups.length > 1 || mayOperate) ? (
              <tr>
                <th scope="rowgroup" colSpan={COLUMNS} className="h-8 border-b border-line bg-sunken px-4 text-left text-sm font-medium">
                  <span className="flex items-center gap-2">
                    {cloud.name}
                    <span className="flex-1 font-normal text-ink-3">{cloud.strategies.map((choice) => choice.strategy).join(', ')}</span>
                    {mayOperate ? <RebalanceButton cloud={cloud} /> : null}
                  </span>
                </th>
              </tr>
            ) : null}
            {rows.map((row) => (
              <HostLine key={row.host.id} row={row} selected={row.host.id === selected} />
            ))}
          </Fragment>
        ))}
      </tbody>
    </Table>
  );
}

function RebalanceButton({ cloud }: { cloud: Cloud }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="ghost" className="h-6 font-normal" onClick={() => setOpen(true)}>
        <Scale aria-hidden />
        {cloud.rebalance ? 'Rebalancing…' : 'Rebalance…'}
        <span className="sr-only">{cloud.name}</span>
      </Button>
      {isOpen ? <RebalanceCloud cloud={cloud} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function HostLine({ row: { host, containers }, selected }: { row: HostRow; selected: boolean }) {
  return (
    <Tr aria-selected={selected} data-row={host.id} className="relative">
      <Td className="w-px">
        <HostStateBadges host={host} />
      </Td>
      <NameCell href={`/hosts/${host.id}`} name={host.name}>
        <span className="min-w-0 truncate text-ink-3 max-sm:hidden" title={host.reason}>
          {host.state === 'ready' ? <span className="font-mono text-xs">{host.address}</span> : host.reason}
        </span>
      </NameCell>
      <Td className="max-sm:hidden">
        <HostCpu host={host} />
      </Td>
      <Td className="max-sm:hidden">
        <HostMemory host={host} />
      </Td>
      <Td className="text-right text-ink-2 tabular max-lg:hidden">
        <HostFree host={host} />
      </Td>
      <Td className="text-right tabular">
        {containers}
        {host.foreignContainers > 0 ? (
          <span className="text-ink-3" title={`${host.foreignContainers} of others: counted, never touched`}>
            {' '}
            +{host.foreignContainers}
          </span>
        ) : null}
      </Td>
      <Td className="text-ink-2 max-lg:hidden">
        {host.facts ? `${host.facts.engineVersion} · ${formatCpus(host.facts.cpus)} CPU` : <span className="text-ink-3">unknown</span>}
      </Td>
      <Td className="max-lg:hidden">
        <span className="flex gap-1">
          {labelTexts(host.labels).map((label) => (
            <Badge key={label}>{label}</Badge>
          ))}
        </span>
      </Td>
      <Td className="relative w-px text-right">
        <HostActions host={host} containers={containers} />
      </Td>
    </Tr>
  );
}

export function HostStateBadges({ host }: { host: Host }) {
  return (
    <span className="flex gap-1">
      <StateBadge look={hostLook(host.state)} />
      {host.drain ? <Badge tone="busy">draining</Badge> : null}
      {host.maintenance ? <Badge tone="warn">maintenance</Badge> : null}
      {host.cordoned && !host.drain ? <Badge tone="warn">cordoned</Badge> : null}
      {host.state === 'unreachable' || host.state === 'lost' ? (
        <span className="self-center text-xs text-ink-3">
          <Time at={host.since} mode="age" />
        </span>
      ) : null}
    </span>
  );
}
