import type { Instance } from '../entity/instance.ts';
import type { ApplicationId, CloudId, EntityId, HostId, InstanceId } from '../shared/ids.ts';
import type { RecordMaps } from '../shared/records.ts';
import { rangeOf } from './addresses.ts';
import type { NetworkRecord } from './network-record.ts';
import type { VirtualNetwork } from './virtual-network.ts';

/** A network of an application as people look at it: all hosts together. */
export interface ListedNetwork {
  readonly id: string;
  /** As the blueprint calls it. */
  readonly name: string;
  readonly applicationId: ApplicationId;
  readonly cloudId: CloudId | null;
  /** A plug-in of `plugins/sdn`; null for a bridge that ends at its host. */
  readonly provider: string | null;
  readonly vni: number | null;
  /** IPv4 CIDR; null where Docker chose it. */
  readonly subnet: string | null;
  /** Addresses that can be given, those of hosts among them; null where Docker gives them. */
  readonly capacity: number | null;
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
  readonly entityId: EntityId;
  readonly hostId: HostId;
  /** Null where Docker gives it. */
  readonly address: string | null;
  readonly aliases: readonly string[];
}

type Tables = Pick<RecordMaps<'network' | 'virtualNetwork' | 'instance' | 'host'>, 'network' | 'virtualNetwork' | 'instance' | 'host'>;

/** By application and name. */
export function listNetworks(tables: Tables): readonly ListedNetwork[] {
  const parts = Map.groupBy(tables.network.values(), ({ id, reach }) => reach?.networkId ?? id);
  const instances = Map.groupBy(tables.instance.values(), ({ applicationId }) => applicationId);
  const listed = [...parts].flatMap(([id, some]) => {
    const virtual = tables.virtualNetwork.get(id);
    const [first] = some;
    if (first === undefined || (first.reach && virtual === undefined)) return [];
    const mine = instances.get(first.applicationId as ApplicationId) ?? [];
    const common = { id, name: first.logicalName, applicationId: first.applicationId, parts: some.map(toPart) };
    return [virtual ? { ...common, ...toReaching(virtual, mine) } : { ...common, ...toBridge(first, tables, mine) }];
  });
  return listed.sort((a, b) => a.applicationId.localeCompare(b.applicationId) || a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
}

type Own = Omit<ListedNetwork, 'id' | 'name' | 'applicationId' | 'parts'>;

function toReaching({ id, cloudId, networking, vni, subnet, mtu, internal, domain }: VirtualNetwork, instances: readonly Instance[]): Own {
  const { first, last } = rangeOf(subnet);
  const members = instances.flatMap((instance) => {
    const endpoint =
      instance.state === 'lost' || instance.state === 'removing'
        ? undefined
        : instance.endpoints?.find(({ networkId }) => networkId === id);
    return endpoint ? [toMember(instance, endpoint.network, endpoint.address)] : [];
  });
  return { cloudId, provider: networking.provider, vni, subnet, capacity: last - first + 1, mtu, internal, domain, members };
}

function toBridge({ hostId, logicalName, definition }: NetworkRecord, { host }: Tables, instances: readonly Instance[]): Own {
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
    mtu: null,
    internal: definition.internal === true,
    domain: null,
    members,
  };
}

function toPart({ hostId, reach, state, problem, peers = {} }: NetworkRecord): NetworkPart {
  return { hostId, gateway: reach?.gateway ?? null, state, problem, peers };
}

function toMember({ id, entityId, hostId, spec }: Instance, network: string, address: string | null): NetworkMember {
  const aliases = spec.networks?.find(({ name }) => name === network)?.aliases ?? [];
  return { instanceId: id, entityId, hostId, address, aliases };
}
