'use client';
import { StateBadge } from '@/components/ui/state-badge.tsx';
import { networkLook } from '@/components/ui/state-look.ts';
import { Table, Td, Th, Tr } from '@/components/ui/table.tsx';
import { useRowKeys } from '@/components/ui/use-row-keys.ts';
import type { NetworkRow } from './network-rows.ts';
import { providerText } from './providers.ts';

export interface NetworkTableProps {
  rows: readonly NetworkRow[];
  selected: string;
  onSelect: (id: string) => void;
}

/** `j` and `k` walk the rows, Enter shows one. */
export function NetworkTable({ rows, selected, onSelect }: NetworkTableProps) {
  const walked = useRowKeys(
    rows.map(({ network }) => network.id),
    onSelect,
  );
  return (
    <Table aria-label="Networks">
      <thead>
        <tr>
          <Th>State</Th>
          <Th>Network</Th>
          <Th className="max-lg:hidden">Provider</Th>
          <Th>Addresses</Th>
          <Th className="text-right">Containers</Th>
          <Th className="text-right max-sm:hidden">Hosts</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const { id, name, provider, subnet, members } = row.network;
          return (
            <Tr key={id} data-row={id} aria-selected={id === selected || id === walked} className="relative">
              <Td className="w-px">
                <StateBadge look={networkLook(row)} />
              </Td>
              <Td className="w-full max-w-0">
                <span className="flex min-w-0 items-baseline gap-2">
                  <button
                    type="button"
                    onClick={() => onSelect(id)}
                    className="shrink-0 truncate text-base font-medium after:absolute after:inset-0 hover:underline"
                  >
                    {name}
                  </button>
                  <span className="min-w-0 truncate text-ink-3">{row.application || row.cloud}</span>
                </span>
              </Td>
              <Td className="text-ink-2 max-lg:hidden">{providerText(provider)}</Td>
              <Td className="whitespace-nowrap">
                <span className="font-mono text-xs">{subnet ?? <span className="text-ink-3">of Docker</span>}</span>
              </Td>
              <Td className="text-right tabular">{members.length}</Td>
              <Td className="text-right tabular max-sm:hidden" title={row.hosts.join(', ')}>
                {row.hosts.length}
              </Td>
            </Tr>
          );
        })}
      </tbody>
    </Table>
  );
}
