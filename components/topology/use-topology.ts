'use client';
import { useMemo } from 'react';
import type { LiveTables } from '@/components/live/live-state.ts';
import { useLive, useRecords } from '@/components/live/use-live.ts';
import { useShapes } from '@/components/live/use-shapes.ts';
import { type NetworkRow, networkRows } from '@/components/networks/network-rows.ts';
import { toEntityShape, toInstanceShape } from './estate-shape.ts';
import { type Grouping, type Lan, lansOf, type TopologyGraph, topologyGraph } from './topology-graph.ts';

const READ = ['network', 'virtualNetwork', 'instance', 'host', 'application', 'cloud'] as const;

export interface TopologyChoice {
  readonly applicationId: string | null;
  readonly networkId: string | null;
  readonly grouping: Grouping;
}

export interface Topology {
  readonly graph: TopologyGraph;
  readonly lans: readonly Lan[];
  /** Of entities. */
  readonly names: ReadonlyMap<string, string>;
}

/** The picture of what is chosen, live. It is made anew only when what is drawn changes: states and numbers are the nodes' own matter. */
export function useTopology({ applicationId, networkId, grouping }: TopologyChoice): Topology {
  const networks = useLive(READ, useMemo(networksReader, []));
  const [applications, clouds, hosts] = [useRecords('application'), useRecords('cloud'), useRecords('host')];
  const [entities, instances] = [useShapes('entity', toEntityShape), useShapes('instance', toInstanceShape)];
  const graph = useMemo(
    () => topologyGraph({ hosts, entities, instances, networks, applications, applicationId, networkId, grouping }),
    [hosts, entities, instances, networks, applications, applicationId, networkId, grouping],
  );
  const lans = useMemo(() => lansOf(clouds, hosts), [clouds, hosts]);
  const names = useMemo(() => new Map(entities.map(({ id, name }) => [String(id), name])), [entities]);
  return { graph, lans, names };
}

/** All networks; the same rows until one of them changes, and not looked at while none of what they are read from does. */
function networksReader(): (tables: LiveTables) => readonly NetworkRow[] {
  let read: readonly unknown[] = [];
  let rows: readonly NetworkRow[] = [];
  return (tables) => {
    const now = READ.map((kind) => tables[kind]);
    if (now.every((table, at) => table === read[at])) return rows;
    read = now;
    const next = networkRows(tables, '');
    if (JSON.stringify(next) !== JSON.stringify(rows)) rows = next;
    return rows;
  };
}
