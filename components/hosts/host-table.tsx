'use client';
import { Scale } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Fragment, type ReactNode, useState } from 'react';
import { useMay } from '@/components/shell/use-session.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { RowCheckbox } from '@/components/ui/checkbox.tsx';
import { formatCpus } from '@/components/ui/format-quantity.ts';
import { NameCell } from '@/components/ui/name-cell.tsx';
import { SortTh } from '@/components/ui/sort-th.tsx';
import { StateBadge } from '@/components/ui/state-badge.tsx';
import { hostLook } from '@/components/ui/state-look.ts';
import { Table, Td, Th, ThActs, Tr } from '@/components/ui/table.tsx';
import { Time } from '@/components/ui/time.tsx';
import { useRowKeys } from '@/components/ui/use-row-keys.ts';
import { useSelection } from '@/components/ui/use-selection.ts';
import type { Cloud, Host } from '@/server/domain/entity/host.ts';
import { BulkBar } from './bulk-bar.tsx';
import { HostActions } from './host-actions.tsx';
import { type CloudGroup, type HostRow, labelTexts, placeTexts } from './host-rows.ts';
import { HostCpu, HostFree, HostMemory } from './host-usage.tsx';
import { RebalanceCloud } from './rebalance-cloud.tsx';

const COLUMNS = 11;

export interface HostTableProps {
  groups: readonly CloudGroup[];
  sort: string;
  onSort: (sort: string) => void;
}

/** `j` and `k` walk the rows, Enter opens one, `x` chooses it. */
export function HostTable({ groups, sort, onSort }: HostTableProps) {
  const router = useRouter();
  const mayOperate = useMay('operate');
  const rows = groups.flatMap((group) => group.rows);
  const ids = rows.map(({ host }) => host.id);
  const choice = useSelection(ids);
  const chosen = new Set(choice.chosen);
  const isChosen = (id: string): boolean => chosen.has(id);
  const selected = useRowKeys(
    ids,
    (id) => router.push(`/hosts/${id}`),
    mayOperate ? (id) => choice.toggle(id, !isChosen(id), false) : undefined,
  );
  const head = { sort, onSort };
  return (
    <>
      <Table aria-label="Hosts">
        <thead>
          <tr>
            {mayOperate ? (
              <Th className="w-px pr-0">
                <RowCheckbox
                  label="Choose all hosts that are shown"
                  checked={chosen.size === 0 ? false : chosen.size === ids.length || 'some'}
                  onChange={choice.toggleAll}
                />
              </Th>
            ) : null}
            <SortTh label="State" column="state" {...head} />
            <SortTh label="Name" column="name" {...head} />
            <SortTh label="CPU" column="cpu" downFirst {...head} className="max-sm:hidden" />
            <SortTh label="Memory" column="memory" downFirst {...head} className="max-sm:hidden" />
            <SortTh label="Free" column="free" downFirst right {...head} className="max-lg:hidden" />
            <SortTh label="Containers" column="containers" downFirst right {...head} />
            <Th className="max-lg:hidden">Engine</Th>
            <SortTh label="Place" column="place" {...head} className="max-lg:hidden" />
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
                <HostLine
                  key={row.host.id}
                  row={row}
                  selected={row.host.id === selected || isChosen(row.host.id)}
                  choose={
                    mayOperate ? (
                      <RowCheckbox
                        label={`Choose ${row.host.name}`}
                        checked={isChosen(row.host.id)}
                        onChange={(isTicked, withShift) => choice.toggle(row.host.id, isTicked, withShift)}
                      />
                    ) : null
                  }
                />
              ))}
            </Fragment>
          ))}
        </tbody>
      </Table>
      {chosen.size > 0 ? <BulkBar rows={rows.filter(({ host }) => isChosen(host.id))} onClear={choice.clear} /> : null}
    </>
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

function HostLine({ row: { host, containers }, selected, choose }: { row: HostRow; selected: boolean; choose: ReactNode }) {
  return (
    <Tr aria-selected={selected} data-row={host.id} className="relative">
      {choose ? <Td className="relative z-1 w-px pr-0">{choose}</Td> : null}
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
      <Td className="text-ink-2 max-lg:hidden">{placeTexts(host.place ?? {}).join(', ')}</Td>
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
