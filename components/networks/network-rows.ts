import type { LiveTables } from '@/components/live/live-state.ts';
import { matchesWords } from '@/components/ui/matches-words.ts';
import { type ListedNetwork, listNetworks } from '@/server/domain/network/list-networks.ts';

export interface NetworkRow {
  readonly network: ListedNetwork;
  /** Empty for one that was made on its own. */
  readonly application: string;
  readonly cloud: string;
  readonly hosts: readonly string[];
  /** `host-2: what is wrong`. */
  readonly problems: readonly string[];
  /** Some host is not as far yet. */
  readonly isChanging: boolean;
  /** Who would lose it: `web of shop on docker-1`. */
  readonly victims: readonly string[];
}

type Tables = Pick<LiveTables, 'network' | 'virtualNetwork' | 'instance' | 'host' | 'application' | 'cloud' | 'entity'>;

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
  const { parts, members, applicationId } = network;
  const applicationOf = (id: string): string => tables.application.get(id)?.name ?? id;
  return {
    network,
    application: applicationId === null ? '' : applicationOf(applicationId),
    cloud: (network.cloudId && tables.cloud.get(network.cloudId)?.name) ?? '',
    hosts: parts.map(({ hostId }) => nameOf(hostId)).sort(),
    problems: parts.flatMap(({ hostId, problem }) => (problem === '' ? [] : [`${nameOf(hostId)}: ${problem}`])),
    isChanging: network.standing?.isGoing === true || parts.some(({ state }) => state !== 'ready'),
    victims: members.map(
      ({ entityId, applicationId: id, hostId }) =>
        `${tables.entity.get(entityId)?.name ?? entityId} of ${applicationOf(id)} on ${nameOf(hostId)}`,
    ),
  };
}
