import type { Host } from '../../domain/entity/host.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { containerKey } from '../../domain/entity/ownership.ts';
import { macOf } from '../../domain/network/addresses.ts';
import type { NetworkRecord } from '../../domain/network/network-record.ts';
import { allowedFlows, idsAbove } from '../../domain/network/network-rules.ts';
import { domainOn } from '../../domain/network/standing-network.ts';
import type { VirtualNetwork } from '../../domain/network/virtual-network.ts';
import type { HostContainer, HostNetwork } from '../../ports/sdn-provider.ts';
import type { StoreView } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';
import { isAttaching } from './attaching.ts';
import type { NetworkNames } from './host-names.ts';
import type { ClosedNetwork } from './host-rules.ts';
import { rulesOfNetwork } from './rules-of-network.ts';

/** What a host should have of virtual networks now, by the records. */
export interface WantedNetworks {
  /** By provider. */
  readonly byProvider: Readonly<Record<string, readonly HostNetwork[]>>;
  readonly names: readonly NetworkNames[];
  /** Networks with rules. */
  readonly closed: readonly ClosedNetwork[];
}

export function wantedNetworks(view: StoreView, host: Host, context: Pick<EngineContext, 'plugins'>): WantedNetworks {
  const byProvider = new Map<string, HostNetwork[]>();
  const names: NetworkNames[] = [];
  const closed: ClosedNetwork[] = [];
  const parts = [...view.all('network').values()];
  for (const part of parts) {
    if (part.hostId !== host.id || part.state === 'removing' || !part.reach) continue;
    const network = view.get('virtualNetwork', part.reach.networkId);
    if (!network) continue;
    const found = endpointsOf(view, network, parts);
    const { provider } = network.networking;
    const wanted = toHostNetwork(view, { host, part, network, found, parts, attaches: isAttaching(context, network) });
    byProvider.set(provider, [...(byProvider.get(provider) ?? []), wanted]);
    const key = network.vni.toString(36);
    closed.push(...closedOf(view, { network, found, wanted, host, key }));
    const { gateway, wayOut } = part.reach;
    names.push({
      networkId: network.id,
      key,
      gateway: wayOut?.gateway ?? gateway,
      asksOutside: !network.internal,
      lines: withNeighbours(view, linesOf(view, network, found), { host, network, found, parts }),
    });
  }
  return { byProvider: Object.fromEntries(byProvider), names, closed };
}

interface Closing {
  readonly network: VirtualNetwork;
  readonly found: readonly FoundEndpoint[];
  readonly wanted: HostNetwork;
  readonly host: Host;
  readonly key: string;
}

/** None where its application has no rules for it. */
function closedOf(view: StoreView, { network, found, wanted, host, key }: Closing): readonly ClosedNetwork[] {
  const rules = rulesOfNetwork(view, network);
  if (rules === null) return [];
  const members = found.map(({ instance, address }) => ({ address, ids: idsAbove((id) => view.get('entity', id), instance.entityId) }));
  const here = new Set(found.flatMap(({ instance, address }) => (instance.hostId === host.id ? [address] : [])));
  return [
    {
      ...{ networkId: network.id, key, subnet: network.subnet },
      gateways: [wanted.gateway, ...(wanted.gateways ?? []).map(({ address }) => address)].sort(),
      flows: allowedFlows(rules, members).filter(({ from, to }) => here.has(from) || here.has(to)),
    },
  ];
}

interface FoundEndpoint {
  readonly instance: Instance;
  readonly address: string;
  readonly mac: string;
  readonly aliases: readonly string[];
}

/**
 * Who has an address on the network; of two that have had it the newest, once that is begun: the one that it takes over from runs until then. What is
 * lost, or on its way out, is nowhere.
 */
function endpointsOf(view: StoreView, network: VirtualNetwork, parts: readonly NetworkRecord[]): readonly FoundEndpoint[] {
  const found = new Map<string, FoundEndpoint>();
  const { applicationId, standing } = network;
  const instances =
    applicationId === null || standing
      ? parts.filter(({ reach }) => reach?.networkId === network.id).flatMap(({ hostId }) => view.instancesOn(hostId))
      : view.entitiesOf(applicationId).flatMap((entity) => view.instancesOf(entity.id));
  for (const instance of [...instances].sort((a, b) => a.createdAt - b.createdAt || a.incarnation - b.incarnation)) {
    if (instance.state === 'lost' || instance.state === 'removing') continue;
    const endpoint = instance.endpoints?.find(({ networkId }) => networkId === network.id);
    if (!endpoint) continue;
    const { address, mac } = endpoint;
    if (instance.state === 'planned' && found.get(address)?.instance.state === 'running') continue;
    const aliases = instance.spec.networks?.find(({ name }) => name === endpoint.network)?.aliases ?? [];
    found.set(address, { instance, address, mac, aliases });
  }
  return [...found.values()];
}

/**
 * Who joined another network as it ran asks on those that it was made with, whose name servers it knows. Names that are on both are those of
 * this one.
 */
function withNeighbours(
  view: StoreView,
  mine: readonly string[],
  { host, network, found, parts }: Omit<Converting, 'part' | 'attaches'>,
): readonly string[] {
  const local = found.filter(({ instance }) => instance.hostId === host.id);
  const isAsking = ({ instance }: FoundEndpoint): boolean =>
    instance.endpoints?.some(({ networkId, joined }) => networkId === network.id && !joined) ?? false;
  const asked = local.filter(isAsking).flatMap(({ instance }) => instance.endpoints?.filter(({ joined }) => joined) ?? []);
  if (asked.length === 0) return mine;
  const own = new Set(mine.flatMap((line) => line.split(' ').slice(1)));
  const theirs = [...new Set(asked.map(({ networkId }) => networkId))].sort().flatMap((id) => {
    const other = view.get('virtualNetwork', id);
    const lines = other ? linesOf(view, other, endpointsOf(view, other, parts)) : [];
    return lines.flatMap((line) => {
      const [address, ...names] = line.split(' ');
      const left = names.filter((name) => !own.has(name));
      return left.length === 0 ? [] : [`${address} ${left.join(' ')}`];
    });
  });
  return [...mine, ...theirs];
}

interface Converting {
  readonly host: Host;
  readonly part: NetworkRecord;
  readonly network: VirtualNetwork;
  readonly found: readonly FoundEndpoint[];
  readonly parts: readonly NetworkRecord[];
  readonly attaches: boolean;
}

function toHostNetwork(view: StoreView, { host, part, network, found, parts, attaches }: Converting): HostNetwork {
  const { id, vni, subnet, mtu, internal, networking } = network;
  const addressOf = (hostId: string): string | undefined => view.get('host', hostId)?.facts?.underlay?.address;
  const others = parts.filter((other) => other.reach?.networkId === id && other.hostId !== host.id);
  const peers = [...new Set(others.flatMap(({ hostId }) => addressOf(hostId) ?? []))].sort();
  const endpoints = found.flatMap(({ instance, address, mac }) => {
    const at = instance.hostId === host.id ? null : addressOf(instance.hostId);
    if (at === undefined) return [];
    return [{ address, mac, at, ...(at === null && attaches ? { container: containerOf(instance) } : {}) }];
  });
  const gateways = others.flatMap(({ hostId, reach }) => {
    const at = addressOf(hostId);
    return at === undefined || !reach ? [] : [{ address: reach.gateway, mac: macOf(reach.gateway), at }];
  });
  return { id, vni, subnet, mtu, internal, networking, gateway: part.reach?.gateway ?? '', peers, endpoints, gateways };
}

function containerOf(instance: Instance): HostContainer {
  return { key: containerKey(instance), instanceId: instance.adopted ? null : instance.id, startedAt: instance.startedAt };
}

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/**
 * A name that several have is that of those which serve; where none does, of all: software that forms a cluster asks for its peers before it is
 * ready. What else could be no name is left out.
 */
function linesOf(view: StoreView, network: VirtualNetwork, found: readonly FoundEndpoint[]): readonly string[] {
  const owners = new Map<string, FoundEndpoint[]>();
  for (const endpoint of found) {
    const domain = domainOn(network, view.get('application', endpoint.instance.applicationId));
    for (const alias of new Set(endpoint.aliases.map((name) => name.toLowerCase()))) {
      const name = `${alias}.${domain}`;
      if (alias.split('.').every((label) => LABEL.test(label))) owners.set(name, [...(owners.get(name) ?? []), endpoint]);
    }
  }
  const names = new Map<string, string[]>();
  for (const [name, all] of owners) {
    const serving = all.filter(({ instance }) => instance.state === 'running' && instance.ready && instance.stoppingSince === null);
    for (const { address } of serving.length > 0 ? serving : all) names.set(address, [...(names.get(address) ?? []), name]);
  }
  return [...names].map(([address, list]) => `${address} ${list.sort().join(' ')}`).sort();
}
