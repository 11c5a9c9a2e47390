'use client';
import { RefreshCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Badge } from '@/components/ui/badge.tsx';
import { NameCell } from '@/components/ui/name-cell.tsx';
import { StateBadge } from '@/components/ui/state-badge.tsx';
import { Table, Td, Th, ThActs, Tr } from '@/components/ui/table.tsx';
import { Time } from '@/components/ui/time.tsx';
import { useRowKeys } from '@/components/ui/use-row-keys.ts';
import { ApplicationActions } from './application-actions.tsx';
import type { ApplicationRow } from './application-rows.ts';

const HOSTS_SHOWN = 3;

/** `j` and `k` walk the rows, Enter opens one. */
export function ApplicationTable({ rows }: { rows: readonly ApplicationRow[] }) {
  const router = useRouter();
  const ids = rows.map((row) => row.application.id);
  const selected = useRowKeys(ids, (id) => router.push(`/applications/${id}`));
  return (
    <Table aria-label="Applications">
      <thead>
        <tr>
          <Th>State</Th>
          <Th>Name</Th>
          <Th className="text-right">Up</Th>
          <Th className="max-md:hidden">Hosts</Th>
          <Th className="max-md:hidden">Location</Th>
          <Th className="text-right max-sm:hidden">Generation</Th>
          <Th className="text-right max-sm:hidden">Age</Th>
          <ThActs />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <ApplicationLine key={row.application.id} row={row} selected={row.application.id === selected} />
        ))}
      </tbody>
    </Table>
  );
}

function ApplicationLine({ row, selected }: { row: ApplicationRow; selected: boolean }) {
  const { application, look, note, up, total, updating } = row;
  return (
    <Tr aria-selected={selected} data-row={application.id} className="relative">
      <Td className="w-px">
        <StateBadge look={look} />
      </Td>
      <NameCell href={`/applications/${application.id}`} name={application.name}>
        {updating ? (
          <Badge tone="busy">
            <RefreshCw aria-hidden />
            updating
          </Badge>
        ) : null}
        {note ? (
          <span className="min-w-0 truncate text-ink-3 max-lg:hidden" title={note}>
            {note}
          </span>
        ) : null}
      </NameCell>
      <Td className="text-right tabular">
        {up}/{total}
      </Td>
      <Td className="max-md:hidden">
        <HostNames row={row} />
      </Td>
      <Td className="text-ink-2 max-md:hidden">{application.location || 'machines'}</Td>
      <Td className="text-right tabular max-sm:hidden">{application.generation}</Td>
      <Td className="relative text-right text-ink-2 max-sm:hidden">
        <Time at={application.createdAt} mode="age" />
      </Td>
      <Td className="relative w-px text-right">
        <ApplicationActions row={row} />
      </Td>
    </Tr>
  );
}

function HostNames({ row: { hosts } }: { row: ApplicationRow }) {
  if (hosts.length === 0) return <span className="text-ink-3">none yet</span>;
  return (
    <span title={hosts.map((host) => host.name).join(', ')}>
      {hosts
        .slice(0, HOSTS_SHOWN)
        .map((host) => host.name)
        .join(', ')}
      {hosts.length > HOSTS_SHOWN ? <span className="text-ink-3"> +{hosts.length - HOSTS_SHOWN}</span> : null}
    </span>
  );
}
