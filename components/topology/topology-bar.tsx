'use client';
import { LayoutGrid, List, Waypoints } from 'lucide-react';
import { memo } from 'react';
import { useRecords } from '@/components/live/use-live.ts';
import type { NetworkRow } from '@/components/networks/network-rows.ts';
import { Button } from '@/components/ui/button.tsx';
import { PageHeader } from '@/components/ui/page-header.tsx';
import { Select } from '@/components/ui/select.tsx';
import { GROUPINGS, type Grouping } from './topology-graph.ts';

/** Of the filters: everything. */
export const ALL = 'all';
const GROUPING_TEXTS = { host: 'By host', network: 'By network', application: 'By application' } as const;

export interface TopologyBarProps {
  note: string | undefined;
  applicationId: string;
  onApplication: (id: string) => void;
  networkId: string;
  onNetwork: (id: string) => void;
  networks: readonly NetworkRow[];
  grouping: Grouping;
  onGrouping: (grouping: Grouping) => void;
  view: 'canvas' | 'list';
  onView: (view: 'canvas' | 'list') => void;
  /** Absent where there is nothing to tidy. */
  onTidy: (() => void) | undefined;
}

/** What is shown of the estate, and how. */
export const TopologyBar = memo(function TopologyBar(props: TopologyBarProps) {
  const { note, applicationId, onApplication, networkId, onNetwork, networks, grouping, onGrouping, view, onView, onTidy } = props;
  const applications = useRecords('application');
  return (
    <PageHeader title="Topology" note={note}>
      <Select
        aria-label="Application"
        className="max-w-48 min-w-0"
        value={applicationId}
        onChange={onApplication}
        options={[{ value: ALL, label: 'All applications' }, ...applications.map(({ id, name }) => ({ value: String(id), label: name }))]}
      />
      {networks.length > 0 || networkId !== ALL ? (
        <Select
          aria-label="Network"
          className="max-w-48 min-w-0"
          value={networkId}
          onChange={onNetwork}
          options={[
            { value: ALL, label: 'All networks' },
            ...networks.map(({ network, application }) => ({ value: network.id, label: `${network.name}, ${application}` })),
          ]}
        />
      ) : null}
      <Select
        aria-label="Boxes"
        className="min-w-0"
        value={grouping}
        onChange={onGrouping}
        options={GROUPINGS.map((value) => ({ value, label: GROUPING_TEXTS[value] }))}
      />
      <Button aria-pressed={view === 'list'} onClick={() => onView(view === 'list' ? 'canvas' : 'list')}>
        {view === 'list' ? <Waypoints aria-hidden /> : <List aria-hidden />}
        <span className="max-sm:sr-only">{view === 'list' ? 'Canvas' : 'List'}</span>
      </Button>
      {onTidy ? (
        <Button onClick={onTidy}>
          <LayoutGrid aria-hidden />
          <span className="max-sm:sr-only">Tidy</span>
        </Button>
      ) : null}
    </PageHeader>
  );
});
