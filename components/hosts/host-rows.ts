import type { LiveTables } from '@/components/live/live-state.ts';
import { matchesWords } from '@/components/ui/matches-words.ts';
import { readSort, type SortKey, sortBy } from '@/components/ui/sort-order.ts';
import { isMachine } from '@/server/domain/cloud/cloud-of-host.ts';
import type { Cloud, Host, HostPlace, HostState } from '@/server/domain/entity/host.ts';
import { USAGE_SENSOR } from '@/server/domain/sensor/usage-between.ts';

export interface HostRow {
  readonly host: Host;
  /** Containers of ours that exist or are about to, those on a lost host that may still be there too. */
  readonly containers: number;
}

export interface CloudGroup {
  readonly cloud: Cloud;
  readonly rows: readonly HostRow[];
}

/** Hosts by cloud, in the order in which they joined. `filter` matches name, address, state and labels (`rack=2`). */
export function cloudGroups(tables: LiveTables, filter: string): readonly CloudGroup[] {
  const containers = new Map<string, number>();
  for (const { hostId, state } of tables.instance.values()) {
    if (state !== 'exited') containers.set(hostId, (containers.get(hostId) ?? 0) + 1);
  }
  const rows = [...tables.host.values()]
    .filter((host) => matches(host, filter))
    .sort((a, b) => a.order - b.order)
    .map((host) => ({ host, containers: containers.get(host.id) ?? 0 }));
  return [...tables.cloud.values()]
    .sort((a, b) => a.name.localeCompare(b.name))
    .map((cloud) => ({ cloud, rows: rows.filter((row) => row.host.cloudId === cloud.id) }));
}

export interface MachineRow {
  readonly host: Host;
  /** Name of what has it. */
  readonly process: string;
}

/** Machines that are in no cloud, by name. */
export function machineRows(tables: LiveTables, filter: string): readonly MachineRow[] {
  return [...tables.host.values()]
    .filter((host) => isMachine(host) && matches(host, filter))
    .sort((a, b) => a.name.localeCompare(b.name))
    .map((host) => ({ host, process: (host.origin && tables.entity.get(host.origin.entityId)?.name) ?? '' }));
}

export const SORT_COLUMNS = ['state', 'name', 'cpu', 'memory', 'free', 'containers', 'place'] as const;

/** What needs somebody comes first. */
const URGENCY: Readonly<Record<HostState, number>> = { lost: 0, unreachable: 1, refused: 2, 'setting-up': 3, connecting: 4, ready: 5 };

/** The latest value of a host's sensor; null while there is none. */
export type ReadMetric = (hostId: string, sensor: string) => number | null;

/** The rows of each cloud by a column, as the URL names it; in the order in which they joined where it names none. */
export function sortGroups(groups: readonly CloudGroup[], sort: string, metric: ReadMetric): readonly CloudGroup[] {
  const order = readSort(sort, SORT_COLUMNS);
  if (order === null) return groups;
  return groups.map(({ cloud, rows }) => ({ cloud, rows: sortBy(rows, (row) => keyOf(row, order.column, metric), order.isDown) }));
}

function keyOf({ host, containers }: HostRow, column: (typeof SORT_COLUMNS)[number], metric: ReadMetric): SortKey {
  const used = host.state === 'ready' ? metric(host.id, USAGE_SENSOR.machineMemoryUsed) : null;
  const total = host.facts?.memoryBytes ?? null;
  switch (column) {
    case 'state':
      return URGENCY[host.state] + (host.state === 'ready' && !(host.cordoned || host.drain || host.maintenance) ? 1 : 0);
    case 'name':
      return host.name;
    case 'cpu':
      return host.state === 'ready' ? metric(host.id, USAGE_SENSOR.machineCpu) : null;
    case 'memory':
      return used === null || total === null ? null : used / total;
    case 'free':
      return used === null || total === null ? null : total - used;
    case 'containers':
      return containers;
    case 'place':
      return placeTexts(host.place ?? {}).join(' ') || null;
  }
}

/** `rack=2` for each label, sorted. */
export function labelTexts(labels: Host['labels']): readonly string[] {
  return Object.entries(labels)
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
    .sort();
}

/** Region, zone and country, as far as they are known. */
export function placeTexts({ region, zone, country }: HostPlace): readonly string[] {
  return [region, zone, country].filter((text) => text !== undefined);
}

function matches(host: Host, filter: string): boolean {
  const { cordoned, drain, maintenance, place = {} } = host;
  const state = [host.state, cordoned ? 'cordoned' : '', drain ? 'draining' : '', maintenance ? 'maintenance' : ''];
  return matchesWords(filter, [host.name, host.address, ...state, ...labelTexts(host.labels), ...placeTexts(place)]);
}
