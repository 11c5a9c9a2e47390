import type { LiveTables } from '@/components/live/live-state.ts';
import { matchesWords } from '@/components/ui/matches-words.ts';
import type { Cloud, Host, HostPlace } from '@/server/domain/entity/host.ts';

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
