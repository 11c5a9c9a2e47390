'use client';
import { Waypoints } from 'lucide-react';
import { useLive, useLiveStatus } from '@/components/live/use-live.ts';
import { Button } from '@/components/ui/button.tsx';
import { cx } from '@/components/ui/cx.ts';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { PageHeader } from '@/components/ui/page-header.tsx';
import { SearchInput } from '@/components/ui/search-input.tsx';
import { SkeletonRows } from '@/components/ui/skeleton.tsx';
import { SplitPanes } from '@/components/ui/split-panes.tsx';
import { useUrlState } from '@/components/ui/use-url-state.ts';
import { NetworkDetails } from './network-details.tsx';
import { networkRows } from './network-rows.ts';
import { NetworkTable } from './network-table.tsx';

/** Networks of all applications: addresses, hosts and containers of each, and what is wrong. */
export function NetworksScreen() {
  const { ready } = useLiveStatus();
  const [filter, setFilter] = useUrlState('filter', '');
  const [selected, setSelected] = useUrlState('network', '');
  const { all, rows } = useLive(['network', 'virtualNetwork', 'instance', 'host', 'application', 'cloud'], (tables) => ({
    all: networkRows(tables, ''),
    rows: networkRows(tables, filter),
  }));
  const chosen = all.find(({ network }) => network.id === selected) ?? null;
  return (
    <>
      <PageHeader title="Networks" note={ready && all.length > 0 ? formatCount(all.length, 'network') : null}>
        {all.length > 0 ? (
          <SearchInput
            aria-label="Filter networks"
            placeholder="Name, application, host"
            className="w-64 max-sm:w-full"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
            onClear={() => setFilter('')}
          />
        ) : null}
      </PageHeader>
      {ready ? null : <SkeletonRows />}
      {ready && all.length === 0 ? (
        <EmptyState icon={Waypoints} title="No networks yet">
          Networks come with the applications whose containers join them. They end at a host, unless the cloud has a network provider: then
          the containers of an application reach each other on all of its hosts (Settings → Clouds, or <code>sdn.enable</code> in the
          blueprint of a Docker cloud).
        </EmptyState>
      ) : null}
      {ready && all.length > 0 ? (
        <SplitPanes id="networks" initial={440} min={320} max={640} label="Width of the details">
          {/* On a phone the list and what was chosen from it take turns. */}
          <div className={cx('min-h-0 flex-1 overflow-y-auto', chosen && 'max-md:hidden')}>
            {rows.length === 0 ? (
              <EmptyState
                icon={Waypoints}
                title="Nothing matches"
                actions={<Button onClick={() => setFilter('')}>Clear the filter</Button>}
              >
                No network has “{filter}” in its name, application, cloud, hosts or addresses.
              </EmptyState>
            ) : (
              <NetworkTable rows={rows} selected={selected} onSelect={setSelected} />
            )}
          </div>
          <NetworkDetails row={chosen} onClose={() => setSelected('')} />
        </SplitPanes>
      ) : null}
    </>
  );
}
