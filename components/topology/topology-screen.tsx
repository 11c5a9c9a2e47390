'use client';
import { LayoutGrid, Server } from 'lucide-react';
import Link from 'next/link';
import { useCallback, useMemo } from 'react';
import { TopologyCanvas } from '@/components/canvas/topology-canvas.tsx';
import { useLiveStatus, useRecords } from '@/components/live/use-live.ts';
import { Button } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { PageHeader } from '@/components/ui/page-header.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { SplitPanes } from '@/components/ui/split-panes.tsx';
import { useUrlState } from '@/components/ui/use-url-state.ts';
import { tidyHosts } from './tidy-hosts.ts';
import { lansOf, topologyGraph } from './topology-graph.ts';
import { TopologyInspector } from './topology-inspector.tsx';
import { hostSize } from './topology-layout.ts';
import { usePositions } from './use-positions.ts';

const ALL = 'all';

/** The whole estate on one canvas. Positions are kept in the browser, the selection in the URL. */
export function TopologyScreen() {
  const { ready } = useLiveStatus();
  const [applicationId, setApplicationId] = useUrlState('application', ALL);
  const [selected, setSelected] = useUrlState('node', '');
  const [positions, setPositions] = usePositions();
  const applications = useRecords('application');
  const clouds = useRecords('cloud');
  const hosts = useRecords('host');
  const entities = useRecords('entity');
  const instances = useRecords('instance');
  const graph = useMemo(
    () => topologyGraph({ hosts, entities, instances, applicationId: applicationId === ALL ? null : applicationId }),
    [hosts, entities, instances, applicationId],
  );
  const lans = useMemo(() => lansOf(clouds, hosts), [clouds, hosts]);
  const names = useMemo(() => new Map(entities.map((entity) => [String(entity.id), entity.name])), [entities]);
  const nameOf = useCallback((id: string) => names.get(id) ?? 'an entity', [names]);
  const tidy = async () => {
    const sizes = graph.hosts.map((host) => ({
      id: host.id,
      ...hostSize(graph.containers.filter((each) => each.hostId === host.id).length),
    }));
    setPositions(await tidyHosts(sizes));
  };

  return (
    <>
      <PageHeader title="Topology" note={ready ? `${graph.hosts.length} hosts, ${graph.containers.length} containers` : undefined}>
        <Select
          aria-label="Application"
          value={applicationId}
          onChange={setApplicationId}
          options={[{ value: ALL, label: 'All applications' }, ...applications.map(({ id, name }) => ({ value: String(id), label: name }))]}
        />
        <Button onClick={() => void tidy()} disabled={graph.hosts.length === 0}>
          <LayoutGrid aria-hidden />
          Tidy
        </Button>
      </PageHeader>
      {ready ? null : <Skeleton className="m-4 h-64" />}
      {ready && graph.hosts.length === 0 ? (
        <EmptyState
          icon={Server}
          title="No hosts yet"
          actions={
            <Button variant="primary" asChild>
              <Link href="/hosts">Add a host</Link>
            </Button>
          }
        >
          Hosts, their containers and the references between them are drawn here, live.
        </EmptyState>
      ) : null}
      {ready && graph.hosts.length > 0 ? (
        <SplitPanes id="topology" initial={380} min={320} max={480} label="Width of the inspector">
          <div className="relative min-h-96 flex-1">
            <TopologyCanvas {...{ graph, lans, positions, selected, nameOf }} onMove={setPositions} onSelect={setSelected} />
          </div>
          <TopologyInspector selected={selected} graph={graph} />
        </SplitPanes>
      ) : null}
    </>
  );
}
