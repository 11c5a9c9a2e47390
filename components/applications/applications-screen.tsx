'use client';
import { Boxes, Rocket } from 'lucide-react';
import Link from 'next/link';
import { useLive, useLiveStatus } from '@/components/live/use-live.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { Button } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { PageHeader } from '@/components/ui/page-header.tsx';
import { SearchInput } from '@/components/ui/search-input.tsx';
import { SkeletonRows } from '@/components/ui/skeleton.tsx';
import { useUrlState } from '@/components/ui/use-url-state.ts';
import { applicationRows } from './application-rows.ts';
import { ApplicationTable } from './application-table.tsx';

export function ApplicationsScreen() {
  const { ready } = useLiveStatus();
  const [filter, setFilter] = useUrlState('filter', '');
  const mayDeploy = useMay('operate');
  const rows = useLive(['application', 'entity', 'instance', 'host', 'rollout'], (tables) => ({
    shown: applicationRows(tables, filter),
    total: tables.application.size,
  }));
  const deploy = mayDeploy ? (
    <Button asChild variant="primary">
      <Link href="/blueprints/deploy">
        <Rocket aria-hidden />
        Deploy a blueprint
      </Link>
    </Button>
  ) : null;
  return (
    <>
      <PageHeader title="Applications" note={ready && rows.total > 0 ? formatCount(rows.total, 'application') : null}>
        {rows.total > 0 ? (
          <SearchInput
            aria-label="Filter applications"
            placeholder="Name, state, host"
            className="w-64 max-sm:w-full"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
            onClear={() => setFilter('')}
          />
        ) : null}
        {rows.total > 0 ? deploy : null}
      </PageHeader>
      {ready ? null : <SkeletonRows />}
      {ready && rows.total === 0 ? (
        <EmptyState
          icon={Boxes}
          title="No applications yet"
          actions={
            <>
              {deploy}
              <Button asChild>
                <Link href="/hosts">Look at hosts</Link>
              </Button>
            </>
          }
        >
          An application is a deployed blueprint: its containers, where they run, and what is done to keep them running. Start from one of
          the examples; you see where each container would go before anything is started.
        </EmptyState>
      ) : null}
      {ready && rows.total > 0 && rows.shown.length === 0 ? (
        <EmptyState icon={Boxes} title="Nothing matches" actions={<Button onClick={() => setFilter('')}>Clear the filter</Button>}>
          No application has “{filter}” in its name, state, location or hosts.
        </EmptyState>
      ) : null}
      {rows.shown.length > 0 ? <ApplicationTable rows={rows.shown} /> : null}
    </>
  );
}
