import type { LiveInstance } from '../entity/live-instance.ts';
import type { ApplicationId, CloudId, EntityId, HostId, InstanceId } from '../shared/ids.ts';
import type { RecordMaps } from '../shared/records.ts';
import { rangeOf } from './addresses.ts';
import type { NetworkRecord } from './network-record.ts';
import { isMember, type StandingNetwork } from './standing-network.ts';
import type { VirtualNetwork } from './virtual-network.ts';

/** A network as people look at it: all hosts together. */
export interface ListedNetwork {
  readonly id: string;
  /** As the blueprint calls it. */
  readonly name: string;
  /** Null for one that was made on its own. */
  readonly applicationId: ApplicationId | null;
  /** Null for one that belongs to its application alone. */
  readonly standing: StandingNetwork | null;
  readonly cloudId: CloudId | null;
  /** A plug-in of `plugins/sdn`; null for a bridge that ends at its host. */
  readonly provider: string | null;
  readonly vni: number | null;
  /** IPv4 CIDR; null where Docker chose it. */
  readonly subnet: string | null;
  /** Addresses that can be given, those of hosts among them; null where Docker gives them. */
  readonly capacity: number | null;
  /** Addresses that are given, those of hosts among them; null where Docker gives them. */
  readonly used: number | null;
  readonly mtu: number | null;
  readonly internal: boolean;
  /** Names on it end with this; null where Docker answers names. */
  readonly domain: string | null;
  readonly parts: readonly NetworkPart[];
  readonly members: readonly NetworkMember[];
}

export interface NetworkPart {
  readonly hostId: HostId;
  readonly gateway: string | null;
  readonly state: NetworkRecord['state'];
  /** Empty when nothing is wrong. */
  readonly problem: string;
  /** Whether the other hosts are reached over it, by their id: empty where they are, else why not. */
  readonly peers: Readonly<Record<string, string>>;
}

export interface NetworkMember {
  readonly instanceId: InstanceId;
  readonly applicationId: ApplicationId;
  readonly entityId: EntityId;
  readonly hostId: HostId;
  /** Null where Docker gives it. */
  readonly address: string | null;
  readonly aliases: readonly string[];
}

type Tables = Pick<RecordMaps<'network' | 'virtualNetwork' | 'instance' | 'host'>, 'network' | 'virtualNetwork' | 'instance' | 'host'>;

/** By application and name, those that were made on their own before all others. */
export function listNetworks(tables: Tables): readonly ListedNetwork[] {
  const parts = Map.groupBy(tables.network.values(), ({ id, reach }) => reach?.networkId ?? id);
  const instances = Map.groupBy(tables.instance.values(), ({ applicationId }) => applicationId);
  const inOrder = (applicationId: ApplicationId | null): readonly LiveInstance[] =>
    applicationId === null ? [] : (instances.get(applicationId) ?? []);
  const reaching = [...tables.virtualNetwork.values()].flatMap((network): readonly ListedNetwork[] => {
    const some = parts.get(network.id) ?? [];
    if (some.length === 0 && !network.standing) return [];
    return [toReaching(network, some, network.standing ? [...tables.instance.values()] : inOrder(network.applicationId))];
  });
  const bridges = [...parts].flatMap(([id, [first]]): readonly ListedNetwork[] => {
    if (first === undefined || first.reach) return [];
    const { logicalName: name, applicationId } = first;
    return [{ id, name, applicationId, standing: null, parts: [toPart(first)], ...toBridge(first, tables, inOrder(applicationId)) }];
  });
  return [...reaching, ...bridges].sort(
    (a, b) => (a.applicationId ?? '').localeCompare(b.applicationId ?? '') || a.name.localeCompare(b.name) || a.id.localeCompare(b.id),
  );
}

function toReaching(network: VirtualNetwork, parts: readonly NetworkRecord[], instances: readonly LiveInstance[]): ListedNetwork {
  const { id, logicalName: name, applicationId, standing = null, cloudId, networking, vni, subnet, mtu, internal, domain } = network;
  const { first, last } = rangeOf(subnet);
  const members = instances.flatMap((instance) => {
    const endpoint = isMember(instance, id) ? instance.endpoints?.find(({ networkId }) => networkId === id) : undefined;
    return endpoint ? [toMember(instance, endpoint.network, endpoint.address)] : [];
  });
  return {
    ...{ id, name, applicationId, standing, cloudId, provider: networking.provider, vni, subnet, capacity: last - first + 1 },
    ...{ used: members.length + parts.length, mtu, internal, domain, parts: parts.map(toPart), members },
  };
}

type Own = Omit<ListedNetwork, 'id' | 'name' | 'applicationId' | 'standing' | 'parts'>;

function toBridge({ hostId, logicalName, definition }: NetworkRecord, { host }: Tables, instances: readonly LiveInstance[]): Own {
  const members = instances.flatMap((instance) => {
    const attachment = instance.hostId === hostId ? instance.spec.networks?.find(({ name }) => name === logicalName) : undefined;
    return attachment ? [toMember(instance, logicalName, attachment.address ?? null)] : [];
  });
  const subnet = definition.subnet ?? null;
  const cloudId = host.get(hostId)?.cloudId ?? null;
  return {
    cloudId,
    provider: null,
    vni: null,
    subnet,
    capacity: null,
    used: null,
    mtu: null,
    internal: definition.internal === true,
    domain: null,
    members,
  };
}

function toPart({ hostId, reach, state, problem, peers = {} }: NetworkRecord): NetworkPart {
  return { hostId, gateway: reach?.gateway ?? null, state, problem, peers };
}

function toMember({ id, applicationId, entityId, hostId, spec }: LiveInstance, network: string, address: string | null): NetworkMember {
  const aliases = spec.networks?.find(({ name }) => name === network)?.aliases ?? [];
  return { instanceId: id, applicationId, entityId, hostId, address, aliases };
}
