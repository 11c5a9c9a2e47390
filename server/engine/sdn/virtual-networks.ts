import { cloudOfHost } from '../../domain/cloud/cloud-of-host.ts';
import type { NetworkAttachment, NetworkDefinition } from '../../domain/entity/container-spec.ts';
import type { Cloud, Host } from '../../domain/entity/host.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { freeSubnet, isGivable, lastFreeAddress, macOf, toNumber } from '../../domain/network/addresses.ts';
import { type NetworkRecord, networkRecordId } from '../../domain/network/network-record.ts';
import { joiningRefusal } from '../../domain/network/standing-network.ts';
import { subnetRefusalOf } from '../../domain/network/subnet-conflicts.ts';
import { domainOf, type Endpoint, type VirtualNetwork, virtualNetworkId } from '../../domain/network/virtual-network.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { ApplicationId, HostId } from '../../domain/shared/ids.ts';
import type { Draft, StoreView } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';
import { networkNameOf } from '../shared-things.ts';
import { hashOf } from '../spec-hash.ts';
import { lackingCommands, packagesOf } from './lacking-commands.ts';
import { capacityOf, freeAddress, freeGateway, isFenced, restAddress } from './network-addresses.ts';
import { takenRanges } from './taken-ranges.ts';
import { unguardedRefusal } from './unguarded-networks.ts';

/** Below are Docker Swarm's (4096 up) and what people write by hand. */
const FIRST_VNI = 2 ** 16;
const LAST_VNI = 2 ** 24 - 1;
const DEFAULT_MTU = 1500;

/** An address of a network has one owner: an instance, or the network's part on a host. */
export function endpointLeaseId(networkId: string, address: string): string {
  return `address:${networkId}:${address}`;
}

type Joining = Pick<Instance, 'applicationId' | 'hostId' | 'entityId'>;

/** Attachments that reach all hosts, each with the id that its network has in the cloud. */
function reaching(
  planeId: string,
  { cloudId, applicationId }: { readonly cloudId: string; readonly applicationId: ApplicationId },
  networks: readonly NetworkAttachment[] = [],
): readonly { readonly attachment: NetworkAttachment; readonly networkName: string; readonly id: string }[] {
  return networks.flatMap((attachment) => {
    if (attachment.definition.provider === undefined) return [];
    const networkName = networkNameOf(planeId, applicationId, attachment);
    return [{ attachment, networkName, id: virtualNetworkId(cloudId, networkName) }];
  });
}

interface Asking {
  readonly cloud: Cloud;
  readonly applicationId: ApplicationId;
  readonly networks: readonly NetworkAttachment[] | undefined;
  readonly entityId: string;
  /** The addresses that it has pass on to its new container, and count as free. */
  readonly takesOver: boolean;
}

/**
 * Tells of each host of a cloud why an address that a container asks for cannot be had there, or that there is none left; null when all can. What is the
 * same for all hosts is looked at once.
 */
export function endpointRefusals(
  view: StoreView,
  context: Pick<EngineContext, 'secrets' | 'clock' | 'plugins'>,
  { cloud, applicationId, networks, entityId, takesOver }: Asking,
): (host: Pick<Host, 'id' | 'facts'>) => string | null {
  const unguarded = unguardedRefusal(view, context, { applicationId, networks, cloud });
  if (unguarded !== null) return () => unguarded;
  const planned: string[] = [];
  const asked = reaching(context.secrets.planeId, { cloudId: cloud.id, applicationId }, networks).map(({ attachment, networkName, id }) => {
    const network = view.get('virtualNetwork', id);
    if (!network) return { networkName, ...subnetRefusal(view, cloud, { attachment, planned, applicationId }) };
    const barred = attachment.definition.shared === undefined ? null : joiningRefusal(network, view.get('application', applicationId));
    if (barred !== null) return { networkName, ...NONE, anywhere: barred };
    return { networkName, ...addressRefusalIn(view, network, { attachment, entityId, takesOver, now: context.clock.now() }) };
  });
  if (asked.length === 0) return () => null;
  return ({ id: hostId, facts }) => {
    const lacks = lackingCommands(context, cloud, facts?.lacks);
    if (lacks.length > 0) return `has no ${lacks.join(', ')}, which its networks need: install ${packagesOf(lacks).join(', ')}`;
    for (const { networkName, anywhere, withoutUnderlay, withoutPart } of asked) {
      if (anywhere !== null) return anywhere;
      if (withoutUnderlay !== null && facts && !facts.underlay) return withoutUnderlay;
      if (withoutPart !== null && view.get('network', networkRecordId(hostId, networkName)) === undefined) return withoutPart;
    }
    return null;
  };
}

/** Why a network cannot be joined: on any host, on one that has not told its address, on one that has no part of it. */
interface Refusals {
  readonly anywhere: string | null;
  readonly withoutUnderlay: string | null;
  readonly withoutPart: string | null;
}

const NONE: Refusals = { anywhere: null, withoutUnderlay: null, withoutPart: null };

function addressRefusalIn(
  view: StoreView,
  network: VirtualNetwork,
  { attachment: { name, address }, entityId, takesOver, now }: Pick<Asking, 'entityId' | 'takesOver'> & Wanting,
): Refusals {
  const ownerOf = (one: string): string | undefined => view.get('lease', endpointLeaseId(network.id, one))?.ownerId;
  const isTaken = (one: string): boolean => {
    const owner = ownerOf(one);
    if (isFenced(network, one)) return true;
    return owner !== undefined && !(takesOver && view.get('instance', owner)?.entityId === entityId);
  };
  const full = `network ${name} has no address left in ${network.subnet}: all ${capacityOf(network)} are given`;
  if (address !== undefined && !isGivable(network.subnet, address))
    return { ...NONE, anywhere: `address ${address} is none of network ${name}, which has ${network.subnet}` };
  if (address !== undefined && isFenced(network, address))
    return { ...NONE, anywhere: `address ${address} of network ${name} is one of ${network.fence}, which its provider gives away itself` };
  if (address !== undefined && isTaken(address))
    return { ...NONE, anywhere: `address ${address} of network ${name} is taken${holderIn(view, ownerOf(address))}` };
  const own = address ?? freeAddress(network, { now, isTaken });
  if (own === null) return { ...NONE, anywhere: full };
  const isLeft = lastFreeAddress(network.subnet, (one) => one === own || isTaken(one)) !== null;
  return isLeft ? NONE : { ...NONE, withoutPart: full };
}

interface Wanting {
  readonly attachment: NetworkAttachment;
  readonly now: number;
}

/** ` by web on docker-2`. */
function holderIn(view: StoreView, ownerId: string | undefined): string {
  const instance = ownerId === undefined ? undefined : view.get('instance', ownerId);
  const part = ownerId === undefined ? undefined : view.get('network', ownerId);
  const host = view.get('host', instance?.hostId ?? part?.hostId ?? '')?.name;
  if (instance) return ` by ${view.get('entity', instance.entityId)?.name ?? instance.containerName}${host ? ` on ${host}` : ''}`;
  return host ? ` by ${host} itself` : '';
}

/** `planned`: subnets of the networks before it, which are not there yet either; its own is added. */
function subnetRefusal(
  view: StoreView,
  cloud: Cloud,
  { attachment: { name, definition }, planned, applicationId }: Pick<Asking, 'applicationId'> & Planning,
): Refusals {
  const { networking } = cloud;
  if (definition.shared !== undefined) return { ...NONE, anywhere: missingShared(view, cloud, definition.shared) };
  if (!networking) return { ...NONE, anywhere: 'its cloud makes no networks that reach all hosts' };
  const isOwn = (other: VirtualNetwork): boolean => isSameAs(other, { applicationId, name });
  const refusal =
    definition.subnet === undefined ? null : subnetRefusalOf(definition.subnet, { taken: takenRanges(view, cloud, isOwn), ...networking });
  if (refusal)
    return { ...NONE, anywhere: `network ${name} cannot be: ${refusal.message}${refusal.proposal ? `; ${refusal.proposal} is free` : ''}` };
  const subnet =
    definition.subnet ?? freeSubnet(networking.pool, networking.prefix, [...takenRanges(view, cloud).map(({ cidr }) => cidr), ...planned]);
  if (subnet === null) return { ...NONE, anywhere: `no addresses are left for network ${name}: all of ${networking.pool} is in use` };
  planned.push(subnet);
  return { ...NONE, withoutUnderlay: `has not told at which address other hosts reach it, which network ${name} needs` };
}

interface Planning {
  readonly attachment: NetworkAttachment;
  readonly planned: string[];
}

/** The same network as it was made before has the addresses until its last container is gone: the new one waits for that. */
function isSameAs(
  other: VirtualNetwork,
  { applicationId, name }: { readonly applicationId: ApplicationId; readonly name: string },
): boolean {
  return other.applicationId === applicationId && other.logicalName === name;
}

/** Why a network of the cloud cannot be joined: there is none of that name. */
export function missingShared(view: StoreView, { id, name: cloud }: Pick<Cloud, 'id' | 'name'>, name: string): string {
  const known = [...view.all('virtualNetwork').values()].filter(({ cloudId, standing }) => cloudId === id && standing && !standing.isGoing);
  const names = known.map(({ logicalName }) => logicalName).sort();
  return `cloud ${cloud} has no network ${name} to join: ${names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`}`;
}

/**
 * Gives a container that is being planned an address on each of its networks that reach all hosts, making what is not there yet: the network, and its
 * part on the host with an address of its own. `inherited`: of a predecessor that does not serve beside it, kept where they still fit.
 * @throws ClockerError network.refused where there is no address or no range of addresses left
 */
export function planEndpoints(
  draft: Draft,
  context: Pick<EngineContext, 'secrets' | 'clock' | 'plugins'>,
  joining: Joining & { readonly networks?: readonly NetworkAttachment[]; readonly inherited: readonly Endpoint[] },
): readonly Endpoint[] {
  const cloud = cloudOfHost(draft, draft.get('host', joining.hostId));
  if (!cloud) return [];
  const { applicationId } = joining;
  return reaching(context.secrets.planeId, { cloudId: cloud.id, applicationId }, joining.networks).map(
    ({ attachment, networkName, id }) => {
      const network = draft.get('virtualNetwork', id) ?? makeNetwork(draft, context, { cloud, joining, attachment, networkName, id });
      putPart(draft, context, { network, attachment, hostId: joining.hostId });
      const kept = joining.inherited.find((endpoint) => endpoint.networkId === id)?.address;
      const refusal = attachment.definition.shared === undefined ? null : joiningRefusal(network, draft.get('application', applicationId));
      if (refusal !== null)
        throw new ClockerError('network.refused', { message: sentence(refusal), hint: 'Change who may join it, or the blueprint.' });
      const now = context.clock.now();
      return takeAddress(draft, { network: draft.get('virtualNetwork', id) ?? network, attachment, kept, entityId: joining.entityId, now });
    },
  );
}

interface Making {
  readonly cloud: Cloud;
  readonly joining: Joining;
  readonly attachment: NetworkAttachment;
  readonly networkName: string;
  readonly id: string;
}

function makeNetwork(draft: Draft, context: Pick<EngineContext, 'plugins' | 'clock'>, making: Making): VirtualNetwork {
  const { cloud, joining, attachment, networkName, id } = making;
  const { shared } = attachment.definition;
  if (shared !== undefined) {
    throw new ClockerError('network.refused', {
      message: sentence(missingShared(draft, cloud, shared)),
      hint: `Make it: clocker networks create ${shared} --cloud ${cloud.name}.`,
    });
  }
  const { applicationId } = joining;
  const network = newNetwork(draft, context, {
    ...{ cloud, id, networkName, applicationId, logicalName: attachment.name, wanted: attachment.definition },
    domain: domainOf(draft.get('application', applicationId)?.name ?? ''),
  });
  draft.put('virtualNetwork', network);
  tellEntity(draft, network);
  return network;
}

export interface NewNetwork extends Pick<VirtualNetwork, 'id' | 'networkName' | 'applicationId' | 'logicalName' | 'domain' | 'standing'> {
  readonly cloud: Cloud;
  readonly wanted: Pick<NetworkDefinition, 'subnet' | 'internal'>;
}

/**
 * A network with a number and addresses of its own, by what its cloud has for that now.
 * @throws ClockerError network.refused where the cloud has no provider, or there is no range of addresses left
 */
export function newNetwork(draft: Draft, { plugins, clock }: Pick<EngineContext, 'plugins' | 'clock'>, making: NewNetwork): VirtualNetwork {
  const { cloud, wanted, ...own } = making;
  const { networking } = cloud;
  const provider = networking && plugins.sdnProviders.get(networking.provider);
  if (!networking || !provider) {
    throw new ClockerError('network.refused', {
      message: `Cloud ${cloud.name} makes no networks that reach all of its hosts`,
      hint: 'Choose a network provider for it.',
    });
  }
  const others = [...draft.all('virtualNetwork').values()];
  const taken = takenRanges(draft, cloud).map(({ cidr }) => cidr);
  const subnet = wanted.subnet ?? freeSubnet(networking.pool, networking.prefix, taken);
  if (subnet === null) {
    throw new ClockerError('network.refused', {
      message: `There are no addresses left for network ${own.logicalName}: all of ${networking.pool} is in use`,
      hint: 'Give the cloud a larger pool, or delete applications that are not used.',
    });
  }
  const mtus = draft.hostsOf(cloud.id).map((host) => host.facts?.underlay?.mtu ?? DEFAULT_MTU);
  return {
    ...own,
    cloudId: cloud.id,
    networking,
    vni: freeNumber(own.id, new Set(others.map(({ vni }) => vni))),
    ...{ subnet, ...(provider.fence ? { fence: provider.fence(subnet) } : {}) },
    mtu: Math.min(...mtus) - provider.overheadBytes,
    internal: wanted.internal === true,
    lastAddress: 0,
    createdAt: clock.now(),
  };
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** The network as an entity of the blueprint, where it is one. */
export function tellEntity(draft: Draft, { applicationId, logicalName, subnet }: VirtualNetwork): void {
  if (applicationId === null) return;
  for (const entity of draft.entitiesOf(applicationId)) {
    if (entity.type !== 'virtual-network' || (entity.spec.config['network.id'] ?? entity.planId) !== logicalName) continue;
    draft.put('entity', { ...entity, sensors: { ...entity.sensors, 'network.id': logicalName, 'network.cidr': subnet } });
  }
}

/** Spread over all numbers, so that installations that share hosts do not all begin with the same. */
function freeNumber(id: string, inUse: ReadonlySet<number>): number {
  const count = LAST_VNI - FIRST_VNI + 1;
  const start = Number.parseInt(hashOf(id).slice(0, 8), 16) % count;
  for (let n = 0; n < count; n++) {
    const vni = FIRST_VNI + ((start + n) % count);
    if (!inUse.has(vni)) return vni;
  }
  throw new ClockerError('network.refused', { message: 'There are no network numbers left' });
}

interface Part {
  readonly network: VirtualNetwork;
  readonly attachment: NetworkAttachment;
  readonly hostId: HostId;
}

/** The network's part on a host: the network controller makes it. */
function putPart(draft: Draft, { clock }: Pick<EngineContext, 'clock'>, { network, attachment, hostId }: Part): void {
  const id = networkRecordId(hostId, network.networkName);
  if (draft.get('network', id)) return;
  const wanted = attachment.definition.gateway;
  const isFree = (address: string): boolean => draft.get('lease', endpointLeaseId(network.id, address)) === undefined;
  const found = freeGateway(network, { now: clock.now(), isTaken: (address) => !isFree(address) });
  const gateway = wanted !== undefined && isFree(wanted) ? wanted : found;
  if (gateway === null) {
    throw new ClockerError('network.refused', {
      message: `Network ${network.logicalName} has no address left in ${network.subnet} for another host`,
      hint: 'Give it a larger subnet.',
    });
  }
  const now = clock.now();
  draft.put('lease', { id: endpointLeaseId(network.id, gateway), ownerId: id, at: now });
  const { applicationId, networkName, logicalName } = network;
  draft.put('network', {
    ...{ id, hostId, applicationId, networkName, logicalName, definition: attachment.definition },
    ...{ reach: { networkId: network.id, gateway }, state: 'planned', problem: '', createdAt: now },
  });
}

interface Taking {
  readonly network: VirtualNetwork;
  readonly attachment: NetworkAttachment;
  /** The address of a predecessor that is gone, or that goes before this one starts. */
  readonly kept: string | undefined;
  readonly entityId: string;
  readonly now: number;
}

function takeAddress(draft: Draft, { network, attachment, kept, entityId, now }: Taking): Endpoint {
  const isTaken = (one: string): boolean => {
    const lease = draft.get('lease', endpointLeaseId(network.id, one));
    // One of a predecessor passes on to its successor.
    const passesOn = one === kept || one === attachment.address;
    if (isFenced(network, one)) return true;
    return lease !== undefined && !(passesOn && draft.get('instance', lease.ownerId)?.entityId === entityId);
  };
  const wanted = attachment.address ?? (kept !== undefined && !isTaken(kept) ? kept : undefined);
  const address = wanted ?? freeAddress(network, { now, isTaken });
  if (address === null || (attachment.address !== undefined && isTaken(attachment.address))) {
    throw new ClockerError('network.refused', {
      message:
        address === null
          ? `Network ${attachment.name} has no address left in ${network.subnet}: all ${capacityOf(network)} are given`
          : `Address ${address} of network ${attachment.name} is taken`,
      hint: 'Give it a larger subnet, or delete what is not used.',
    });
  }
  if (wanted === undefined) draft.put('virtualNetwork', { ...network, lastAddress: toNumber(address) });
  return { networkId: network.id, network: attachment.name, address, mac: attachment.macAddress ?? macOf(address) };
}

/** A host has let go of its part: its address goes back, and the network itself with the last part, unless it stands on its own. */
export function dropPart(draft: Draft, { id, reach }: NetworkRecord, now: number): void {
  draft.remove('network', id);
  if (!reach) return;
  const { networkId, gateway } = reach;
  draft.remove('lease', endpointLeaseId(networkId, gateway));
  const standing = draft.get('virtualNetwork', networkId)?.standing;
  if ((standing === undefined || standing.isGoing) && !hasParts(draft, networkId)) draft.remove('virtualNetwork', networkId);
  else restAddress(draft, { networkId, address: gateway, now });
}

/** Hosts have it, or still have it. */
export function hasParts(view: StoreView, networkId: string): boolean {
  return [...view.all('network').values()].some(({ reach }) => reach?.networkId === networkId);
}

/** What Docker is told of a host's part of a network. */
export function definitionOf(
  view: StoreView,
  { plugins }: Pick<EngineContext, 'plugins'>,
  { definition, reach }: NetworkRecord,
): NetworkDefinition {
  const network = reach && view.get('virtualNetwork', reach.networkId);
  const provider = network && plugins.sdnProviders.get(network.networking.provider);
  if (!network || !provider || !reach) return definition;
  const made = provider.definition({ ...network, gateway: reach.gateway });
  const options = { ...definition.options, ...made.options };
  // Made anew, it has the addresses by which its containers ask for names.
  return { ...made, ...reach.wayOut, options, ...(definition.labels ? { labels: definition.labels } : {}) };
}
