import type { LiveTables } from '@/components/live/live-state.ts';
import { matchesWords } from '@/components/ui/matches-words.ts';
import { type ListedNetwork, listNetworks } from '@/server/domain/network/list-networks.ts';
import { peersOf } from './network-peers.ts';

export interface NetworkRow {
  readonly network: ListedNetwork;
  readonly application: string;
  readonly cloud: string;
  readonly hosts: readonly string[];
  /** `host-2: what is wrong`. */
  readonly problems: readonly string[];
  /** Some host is not as far yet. */
  readonly isChanging: boolean;
  /** Addresses that are given, those of hosts among them; null where Docker gives them. */
  readonly used: number | null;
}

type Tables = Pick<LiveTables, 'network' | 'virtualNetwork' | 'instance' | 'host' | 'application' | 'cloud'>;

/** `filter` matches name, application, cloud, host, provider and addresses. */
export function networkRows(tables: Tables, filter: string): readonly NetworkRow[] {
  return listNetworks(tables)
    .map((network) => toRow(tables, network))
    .sort((a, b) => a.application.localeCompare(b.application) || a.network.name.localeCompare(b.network.name))
    .filter(({ network: { name, provider, subnet }, application, cloud, hosts }) =>
      matchesWords(filter, [name, provider ?? 'bridge', subnet ?? '', application, cloud, ...hosts]),
    );
}

function toRow(tables: Tables, network: ListedNetwork): NetworkRow {
  const nameOf = (hostId: string): string => tables.host.get(hostId)?.name ?? hostId;
  const { parts, members, capacity } = network;
  return {
    network,
    application: tables.application.get(network.applicationId)?.name ?? network.applicationId,
    cloud: (network.cloudId && tables.cloud.get(network.cloudId)?.name) ?? '',
    hosts: parts.map(({ hostId }) => nameOf(hostId)).sort(),
    problems: parts.flatMap((part) => peersOf(part).problems.map((problem) => `${nameOf(part.hostId)}: ${problem}`)),
    isChanging: parts.some(({ state }) => state !== 'ready'),
    used: capacity === null ? null : members.length + parts.length,
  };
}
