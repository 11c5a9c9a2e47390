'use client';
import { useLive } from '@/components/live/use-live.ts';
import { NameCell } from '@/components/ui/name-cell.tsx';
import { StateBadge } from '@/components/ui/state-badge.tsx';
import { hostLook } from '@/components/ui/state-look.ts';
import { Table, Td, Th, Tr } from '@/components/ui/table.tsx';
import { machineRows } from './host-rows.ts';

/** Machines that one process has for itself: no containers are put on them, so they are in no cloud. */
export function MachineList({ filter }: { filter: string }) {
  const rows = useLive(['host', 'entity'], (tables) => machineRows(tables, filter));
  if (rows.length === 0) return null;
  return (
    <section aria-label="Machines" className="pt-6">
      <h2 className="px-4 pb-1 text-sm font-semibold">Machines of software</h2>
      <Table aria-label="Machines">
        <thead>
          <tr>
            <Th>Name</Th>
            <Th>State</Th>
            <Th>Runs</Th>
            <Th className="max-sm:hidden">Address</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ host, process }) => (
            <Tr key={host.id} className="relative">
              <NameCell href={`/hosts/${host.id}`} name={host.name} />
              <Td>
                <StateBadge look={hostLook(host.state)} />
              </Td>
              <Td>{process}</Td>
              <Td className="max-sm:hidden">
                <code className="text-xs">{`${host.address}:${host.port}`}</code>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
