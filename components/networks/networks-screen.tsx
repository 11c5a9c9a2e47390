'use client';
import { Plus, Waypoints } from 'lucide-react';
import Link from 'next/link';
import { useLive, useLiveStatus } from '@/components/live/use-live.ts';
import { useMay } from '@/components/shell/use-session.ts';
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
import { NewNetwork } from './new-network.tsx';

/** Networks of clouds and applications: addresses, hosts and containers of each, and what is wrong. */
export function NetworksScreen() {
  const { ready } = useLiveStatus();
  const [filter, setFilter] = useUrlState('filter', '');
  const [selected, setSelected] = useUrlState('network', '');
  const mayOperate = useMay('operate');
  const [adding, setAdding] = useUrlState('add', '');
  const { all, rows, clouds } = useLive(['network', 'virtualNetwork', 'instance', 'host', 'application', 'cloud', 'entity'], (tables) => ({
    all: networkRows(tables, ''),
    rows: networkRows(tables, filter),
    clouds: [...tables.cloud.values()].filter(({ networking }) => networking !== undefined).sort((a, b) => a.name.localeCompare(b.name)),
  }));
  const chosen = all.find(({ network }) => network.id === selected) ?? null;
  const add =
    mayOperate && clouds.length > 0 ? (
      <Button variant="primary" onClick={() => setAdding('1')}>
        <Plus aria-hidden />
        New network…
      </Button>
    ) : null;
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
        {all.length > 0 ? add : null}
      </PageHeader>
      {ready ? null : <SkeletonRows />}
      {ready && all.length === 0 ? (
        <EmptyState icon={Waypoints} title="No networks yet" actions={add ?? <SettingsLink />}>
          Networks come with the applications whose containers join them.{' '}
          {clouds.length > 0 ? (
            <>
              One that is made here stays until it is deleted, and several applications meet on it:{' '}
              <code>docker.networks: {'{ lan: { shared: lan } }'}</code> in their blueprints.
            </>
          ) : (
            <>
              They end at a host, unless the cloud has a network provider: then containers reach each other on all of its hosts, and
              networks can be made here that several applications join. Choose a provider for the cloud first.
            </>
          )}
        </EmptyState>
      ) : null}
      {adding && mayOperate && clouds.length > 0 ? (
        <NewNetwork clouds={clouds} onClose={() => setAdding('')} onDone={(id) => setSelected(id)} />
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

function SettingsLink() {
  return (
    <Link href="/settings?tab=clouds" className="text-accent-text hover:underline">
      Settings → Clouds
    </Link>
  );
}
