'use client';
import { Plus, Server } from 'lucide-react';
import { useLiveStores } from '@/components/live/live-context.ts';
import { useLive, useLiveStatus } from '@/components/live/use-live.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { Button } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { PageHeader } from '@/components/ui/page-header.tsx';
import { SearchInput } from '@/components/ui/search-input.tsx';
import { SkeletonRows } from '@/components/ui/skeleton.tsx';
import { useNow } from '@/components/ui/use-now.ts';
import { useUrlState } from '@/components/ui/use-url-state.ts';
import { AddHost } from './add-host.tsx';
import { cloudGroups, machineRows, type ReadMetric, sortGroups } from './host-rows.ts';
import { HostTable } from './host-table.tsx';
import { MachineList } from './machine-list.tsx';

export function HostsScreen() {
  const { ready } = useLiveStatus();
  const [filter, setFilter] = useUrlState('filter', '');
  const [adding, setAdding] = useUrlState('add', '');
  const mayAdminister = useMay('administer');
  const [sort, setSort] = useUrlState('sort', '');
  const { metrics } = useLiveStores();
  // Readings come all the time: rows that are sorted by them change places now and then, so that one can be pressed.
  useNow('quarter');
  const latest: ReadMetric = (hostId, sensor) => metrics.series(hostId, sensor).at(-1)?.value ?? null;
  const { groups, total, machines } = useLive(['cloud', 'host', 'instance'], (tables) => ({
    groups: sortGroups(cloudGroups(tables, filter), sort, latest),
    total: tables.host.size,
    machines: machineRows(tables, filter).length,
  }));
  const hosts = groups.reduce((sum, group) => sum + group.rows.length, 0);
  const shown = hosts + machines;
  const add = mayAdminister ? (
    <Button variant="primary" onClick={() => setAdding('1')}>
      <Plus aria-hidden />
      Add host
    </Button>
  ) : null;
  return (
    <>
      <PageHeader title="Hosts" note={ready && total > 0 ? formatCount(total, 'host') : null}>
        {total > 0 ? (
          <SearchInput
            aria-label="Filter hosts"
            placeholder="Name, state, label"
            className="w-64 max-sm:w-full"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
            onClear={() => setFilter('')}
          />
        ) : null}
        {total > 0 ? add : null}
      </PageHeader>
      {ready ? null : <SkeletonRows />}
      {ready && total === 0 ? (
        <EmptyState icon={Server} title="No hosts yet" actions={add}>
          A host is a machine with sshd. Clocker reaches it over SSH only, and sets up Docker Engine where you ask for it. Containers that
          run there already are counted and never touched.
        </EmptyState>
      ) : null}
      {ready && total > 0 && shown === 0 ? (
        <EmptyState icon={Server} title="Nothing matches" actions={<Button onClick={() => setFilter('')}>Clear the filter</Button>}>
          No host has “{filter}” in its name, address, state or labels.
        </EmptyState>
      ) : null}
      {hosts > 0 ? <HostTable groups={groups} sort={sort} onSort={setSort} /> : null}
      {ready ? <MachineList filter={filter} /> : null}
      {ready && adding && mayAdminister ? <AddHost onClose={() => setAdding('')} /> : null}
    </>
  );
}
