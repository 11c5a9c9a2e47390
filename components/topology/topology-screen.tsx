'use client';
import { ArrowLeft, Server } from 'lucide-react';
import Link from 'next/link';
import { useCallback, useMemo, useState } from 'react';
import { TopologyCanvas } from '@/components/canvas/topology-canvas.tsx';
import { useLiveStatus } from '@/components/live/use-live.ts';
import { OverviewMap } from '@/components/overview/overview-map.tsx';
import { useMay } from '@/components/shell/use-session.ts';
import { Button } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { SplitPanes } from '@/components/ui/split-panes.tsx';
import { useUrlState } from '@/components/ui/use-url-state.ts';
import type { ReachAnswer } from '@/server/domain/network/reach-answer.ts';
import { afterTidy } from './after-tidy.ts';
import { drawnWay } from './drawn-way.ts';
import { MoveContainer, type Moving } from './move-container.tsx';
import { type NetworkAct, NetworkActDialog } from './network-acts.tsx';
import { tidyHosts } from './tidy-hosts.ts';
import { ALL, TopologyBar } from './topology-bar.tsx';
import { around, GROUPINGS, isContainer, isLarge } from './topology-graph.ts';
import { TopologyInspector } from './topology-inspector.tsx';
import { hostSize } from './topology-layout.ts';
import { TopologyList } from './topology-list.tsx';
import { usePositions } from './use-positions.ts';
import { useTopology } from './use-topology.ts';

/**
 * The whole estate on one canvas, or as a list. A large one is seen from above first, and box by box. Positions are kept in the browser; what
 * is chosen and how it is shown in the URL.
 */
export function TopologyScreen() {
  const { ready } = useLiveStatus();
  const [applicationId, setApplicationId] = useUrlState('application', ALL);
  const [networkId, setNetworkId] = useUrlState('network', ALL);
  const [grouping, setGrouping] = useUrlState('group', 'host', GROUPINGS);
  const [view, setView] = useUrlState('view', 'canvas', ['canvas', 'list']);
  const [opened, setOpened] = useUrlState('in', '');
  const [selected, setSelected] = useUrlState('node', '');
  const [second, setSecond] = useUrlState('with', '');
  const [at, setAt] = useUrlState('at', '');
  const [positions, setPositions] = usePositions();
  const [act, setAct] = useState<NetworkAct | null>(null);
  const [moving, setMoving] = useState<Moving | null>(null);
  const [answer, setAnswer] = useState<ReachAnswer | null>(null);
  const {
    graph: whole,
    lans,
    names,
  } = useTopology({
    applicationId: applicationId === ALL ? null : applicationId,
    networkId: networkId === ALL ? null : networkId,
    grouping,
  });
  const box = whole.boxes.find(({ id }) => id === opened);
  const graph = useMemo(() => (isLarge(whole) && box ? around(whole, box.id) : whole), [whole, box]);
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
  const open = useCallback(
    (id: string) => {
      setOpened(id);
      setSelected(id);
      setAt('');
    },
    [setOpened, setSelected, setAt],
  );
  /** What was looked at on the canvas is no part of another box. */
  const openInList = (id: string) => {
    setOpened(id);
    setAt('');
  };
  const may = useMay('operate');
  const attach = (instanceId: string, to: string) => setAct({ kind: 'attach', instanceId, networkId: to });
  const detach = (instanceId: string, from: string) => setAct({ kind: 'detach', instanceId, networkId: from });
  const moveTo = useCallback((instanceId: string, hostId: string | null) => setMoving({ instanceId, hostId }), []);
  const tidy = useCallback(async () => {
    const counts = Map.groupBy(graph.containers, ({ boxId }) => boxId);
    const tidied = await tidyHosts(graph.boxes.map(({ id }) => ({ id, ...hostSize(counts.get(id)?.length ?? 0) })));
    const lanes = [...graph.networks.map(({ network }) => String(network.id)), ...lans.map(({ id }) => id)];
    setPositions(afterTidy(positions, { tidied, lanes }));
  }, [graph, lans, positions, setPositions]);
  const isOverview = isLarge(whole) && !box && view === 'canvas';

  return (
    <>
      <TopologyBar
        {...{ applicationId, networkId, grouping, view }}
        note={ready ? summary(whole.hosts.length, whole.containers.length, whole.networks.length) : undefined}
        onApplication={setApplicationId}
        onNetwork={setNetworkId}
        networks={whole.reachable}
        onGrouping={setGrouping}
        onView={setView}
        onTidy={view === 'list' || isOverview || graph.boxes.length === 0 ? undefined : tidy}
      />
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
            <TopologyList {...{ selected, second, opened }} graph={whole} onOpen={openInList} onChoose={choose} />
          ) : isOverview ? (
            <OverviewMap graph={graph} onOpen={open} />
          ) : (
            <div className="relative min-h-96 flex-1">
              {box && isLarge(whole) ? (
                <Button className="absolute top-3 left-3 z-10" onClick={() => open('')}>
                  <ArrowLeft aria-hidden />
                  All {formatCount(whole.boxes.length, grouping)}
                </Button>
              ) : null}
              <TopologyCanvas
                key={graph === whole ? '' : opened}
                {...{ graph, lans, positions, selected, second, way, nameOf }}
                {...(may ? { onJoin: attach, onLeave: detach } : {})}
                {...(may && grouping === 'host' ? { onMoveTo: moveTo } : {})}
                onMove={setPositions}
                boxId={graph === whole ? '' : opened}
                view={at}
                onView={setAt}
                onChoose={choose}
              />
            </div>
          )}
          <TopologyInspector {...{ selected, second, graph }} onChoose={choose} onAnswer={setAnswer} onDetach={detach} />
        </SplitPanes>
      ) : null}
      {act ? <NetworkActDialog act={act} graph={graph} onClose={() => setAct(null)} /> : null}
      {moving ? <MoveContainer moving={moving} onClose={() => setMoving(null)} /> : null}
    </>
  );
}

function summary(hosts: number, containers: number, networks: number): string {
  const counts = [formatCount(hosts, 'host'), formatCount(containers, 'container')];
  return (networks > 0 ? [...counts, formatCount(networks, 'network')] : counts).join(', ');
}
