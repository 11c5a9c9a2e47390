'use client';
import { useMemo } from 'react';
import type { LiveTables } from '@/components/live/live-state.ts';
import { useLive, useRecords } from '@/components/live/use-live.ts';
import { networkRows } from '@/components/networks/network-rows.ts';
import { type Grouping, type Lan, lansOf, type TopologyGraph, topologyGraph } from './topology-graph.ts';

export interface TopologyChoice {
  readonly applicationId: string | null;
  readonly networkId: string | null;
  readonly grouping: Grouping;
}

export interface Topology {
  readonly graph: TopologyGraph;
  readonly lans: readonly Lan[];
}

/** The picture of what is chosen, live. */
export function useTopology({ applicationId, networkId, grouping }: TopologyChoice): Topology {
  const networks = useLive(['network', 'virtualNetwork', 'instance', 'host', 'application', 'cloud'], allNetworks);
  const [applications, clouds, hosts] = [useRecords('application'), useRecords('cloud'), useRecords('host')];
  const [entities, instances] = [useRecords('entity'), useRecords('instance')];
  const graph = useMemo(
    () => topologyGraph({ hosts, entities, instances, networks, applications, applicationId, networkId, grouping }),
    [hosts, entities, instances, networks, applications, applicationId, networkId, grouping],
  );
  const lans = useMemo(() => lansOf(clouds, hosts), [clouds, hosts]);
  return { graph, lans };
}

function allNetworks(tables: LiveTables) {
  return networkRows(tables, '');
}
