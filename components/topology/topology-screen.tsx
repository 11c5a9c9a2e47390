'use client';
import { LayoutGrid, List, Server, Waypoints } from 'lucide-react';
import Link from 'next/link';
import { useCallback, useMemo, useState } from 'react';
import { TopologyCanvas } from '@/components/canvas/topology-canvas.tsx';
import { useLiveStatus, useRecords } from '@/components/live/use-live.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { Button } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { PageHeader } from '@/components/ui/page-header.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { SplitPanes } from '@/components/ui/split-panes.tsx';
import { useUrlState } from '@/components/ui/use-url-state.ts';
import type { ReachAnswer } from '@/server/domain/network/reach-answer.ts';
import { drawnWay } from './drawn-way.ts';
import { type NetworkAct, NetworkActDialog } from './network-acts.tsx';
import { tidyHosts } from './tidy-hosts.ts';
import { GROUPINGS, isContainer } from './topology-graph.ts';
import { TopologyInspector } from './topology-inspector.tsx';
import { hostSize } from './topology-layout.ts';
import { TopologyList } from './topology-list.tsx';
import { usePositions } from './use-positions.ts';
import { useTopology } from './use-topology.ts';

const ALL = 'all';
const GROUPING_TEXTS = { host: 'By host', network: 'By network', application: 'By application' } as const;

/** The whole estate on one canvas, or as a list. Positions are kept in the browser; what is chosen and how it is shown in the URL. */
export function TopologyScreen() {
  const { ready } = useLiveStatus();
  const [applicationId, setApplicationId] = useUrlState('application', ALL);
  const [networkId, setNetworkId] = useUrlState('network', ALL);
  const [grouping, setGrouping] = useUrlState('group', 'host', GROUPINGS);
  const [view, setView] = useUrlState('view', 'canvas', ['canvas', 'list']);
  const [selected, setSelected] = useUrlState('node', '');
  const [second, setSecond] = useUrlState('with', '');
  const [positions, setPositions] = usePositions();
  const [act, setAct] = useState<NetworkAct | null>(null);
  const [answer, setAnswer] = useState<ReachAnswer | null>(null);
  const [applications, entities] = [useRecords('application'), useRecords('entity')];
  const choice = { applicationId: applicationId === ALL ? null : applicationId, grouping };
  const all = useTopology({ ...choice, networkId: null }).graph.networks;
  const { graph, lans } = useTopology({ ...choice, networkId: networkId === ALL ? null : networkId });
  const names = useMemo(() => new Map(entities.map((entity) => [String(entity.id), entity.name])), [entities]);
  const nameOf = useCallback((id: string) => names.get(id) ?? 'an entity', [names]);
  const way = useMemo(() => answer && drawnWay(answer, graph, lans), [answer, graph, lans]);
  const chooseSecond = (id: string) => {
    setAnswer(null);
    setSecond(id);
  };
  const choose = (id: string, isSecond = false) => {
    if (isSecond && id !== selected && isContainer(graph, id) && isContainer(graph, selected)) return chooseSecond(id);
    chooseSecond('');
    setSelected(id);
  };
  const may = useMay('operate');
  const attach = (instanceId: string, to: string) => setAct({ kind: 'attach', instanceId, networkId: to });
  const detach = (instanceId: string, from: string) => setAct({ kind: 'detach', instanceId, networkId: from });
  const tidy = async () => {
    const sizes = graph.boxes.map(({ id }) => ({ id, ...hostSize(graph.containers.filter(({ boxId }) => boxId === id).length) }));
    setPositions(await tidyHosts(sizes));
  };

  return (
    <>
      <PageHeader title="Topology" note={ready ? summary(graph.hosts.length, graph.containers.length, graph.networks.length) : undefined}>
        <Select
          aria-label="Application"
          value={applicationId}
          onChange={setApplicationId}
          options={[{ value: ALL, label: 'All applications' }, ...applications.map(({ id, name }) => ({ value: String(id), label: name }))]}
        />
        {all.length > 0 || networkId !== ALL ? (
          <Select
            aria-label="Network"
            value={networkId}
            onChange={setNetworkId}
            options={[
              { value: ALL, label: 'All networks' },
              ...all.map(({ network, application }) => ({ value: network.id, label: `${network.name}, ${application}` })),
            ]}
          />
        ) : null}
        <Select
          aria-label="Boxes"
          value={grouping}
          onChange={setGrouping}
          options={GROUPINGS.map((value) => ({ value, label: GROUPING_TEXTS[value] }))}
        />
        <Button aria-pressed={view === 'list'} onClick={() => setView(view === 'list' ? 'canvas' : 'list')}>
          {view === 'list' ? <Waypoints aria-hidden /> : <List aria-hidden />}
          {view === 'list' ? 'Canvas' : 'List'}
        </Button>
        {view === 'list' ? null : (
          <Button onClick={() => void tidy()} disabled={graph.boxes.length === 0}>
            <LayoutGrid aria-hidden />
            Tidy
          </Button>
        )}
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
          Hosts, their containers, networks and the references between them are drawn here, live.
        </EmptyState>
      ) : null}
      {ready && graph.hosts.length > 0 ? (
        <SplitPanes id="topology" initial={380} min={320} max={480} label="Width of the inspector">
          {view === 'list' ? (
            <TopologyList {...{ graph, selected, second }} onChoose={choose} />
          ) : (
            <div className="relative min-h-96 flex-1">
              <TopologyCanvas
                {...{ graph, lans, positions, selected, second, way, nameOf }}
                {...(may ? { onJoin: attach, onLeave: detach } : {})}
                onMove={setPositions}
                onChoose={choose}
              />
            </div>
          )}
          <TopologyInspector {...{ selected, second, graph }} onChoose={choose} onAnswer={setAnswer} onDetach={detach} />
        </SplitPanes>
      ) : null}
      {act ? <NetworkActDialog act={act} graph={graph} onClose={() => setAct(null)} /> : null}
    </>
  );
}

function summary(hosts: number, containers: number, networks: number): string {
  const counts = [formatCount(hosts, 'host'), formatCount(containers, 'container')];
  return (networks > 0 ? [...counts, formatCount(networks, 'network')] : counts).join(', ');
}
