import type { ContainerSpec } from '../domain/entity/container-spec.ts';
import type { Instance, PortBinding } from '../domain/entity/instance.ts';
import type { Draft, StoreView } from '../ports/store.ts';
import { restAddress } from './sdn/network-addresses.ts';
import { endpointLeaseId } from './sdn/virtual-networks.ts';

/** A port found taken by somebody else is tried again after this time. Milliseconds. */
export const FOREIGN_PORT_MS = 60_000;
const FOREIGN = 'foreign';

export function portLeaseId(hostId: string, binding: Pick<PortBinding, 'protocol' | 'host'>): string {
  return `port:${hostId}:${binding.protocol}:${binding.host}`;
}

/** Is the port leased by somebody other than `ownerId`? */
export function isPortTaken(
  view: StoreView,
  leaseId: string,
  { ownerId, now }: { readonly ownerId: string | null; readonly now: number },
): boolean {
  const lease = view.get('lease', leaseId);
  if (!lease || lease.ownerId === ownerId) return false;
  return lease.ownerId !== FOREIGN || now < lease.at + FOREIGN_PORT_MS;
}

/** Fixed addresses on networks that end at a host, by lease id. */
export function addressLeases(
  { hostId, applicationId }: Pick<Instance, 'hostId' | 'applicationId'>,
  { networks = [] }: Pick<ContainerSpec, 'networks'>,
): ReadonlyMap<string, { readonly network: string; readonly address: string }> {
  const fixed = networks.flatMap(({ name, address, definition }) =>
    address === undefined || definition.provider !== undefined ? [] : [{ network: name, address }],
  );
  return new Map(fixed.map((one) => [`address:${hostId}:${applicationId}:${one.network}:${one.address}`, one]));
}

/** Why an address that the spec wants cannot be had on the host; null when all can. `ownerId`: whose leases do not count. */
export function addressRefusal(
  view: StoreView,
  place: Pick<Instance, 'hostId' | 'applicationId'>,
  { spec, ownerId }: { readonly spec: Pick<ContainerSpec, 'networks'>; readonly ownerId: string | null },
): string | null {
  for (const [id, { network, address }] of addressLeases(place, spec)) {
    const lease = view.get('lease', id);
    if (!lease || lease.ownerId === ownerId) continue;
    const owner = view.get('instance', lease.ownerId);
    const name = owner && view.get('entity', owner.entityId)?.name;
    return `address ${address} of network ${network} is taken${name ? ` by ${name}` : ''}`;
  }
  return null;
}

/** Ports and addresses are the instance's from now on. */
export function takeLeases(draft: Draft, instance: Instance): void {
  for (const id of leaseIds(instance)) draft.put('lease', { id, ownerId: instance.id, at: instance.createdAt });
}

/** Gives back what the instance holds; what was passed on is no longer its own. `now`: milliseconds since the epoch. */
export function releaseLeases(draft: Draft, instance: Instance, now: number): void {
  giveBack(draft, leaseIds(instance), { ownerId: instance.id, now });
}

/** Leases that are the owner’s end; addresses of networks that reach all hosts rest then. */
export function giveBack(draft: Draft, ids: readonly string[], { ownerId, now }: { readonly ownerId: string; readonly now: number }): void {
  for (const id of ids) {
    if (draft.get('lease', id)?.ownerId !== ownerId) continue;
    draft.remove('lease', id);
    const [, networkId, address] = /^address:(.+):([\d.]+)$/.exec(id) ?? [];
    if (networkId !== undefined && address !== undefined) restAddress(draft, { networkId, address, now });
  }
}

function leaseIds(instance: Instance): readonly string[] {
  return [
    ...instance.ports.map((binding) => portLeaseId(instance.hostId, binding)),
    ...networkLeaseIds(instance),
    ...(instance.rejoin?.leases ?? []),
  ];
}

/** Those of its addresses. */
export function networkLeaseIds(instance: Instance): readonly string[] {
  return [
    ...addressLeases(instance, instance.spec).keys(),
    ...(instance.endpoints ?? []).map(({ networkId, address }) => endpointLeaseId(networkId, address)),
  ];
}

/** Docker found a port in use by somebody else. Which one is not told, so all that the instance held are left alone for a while. */
export function avoidPorts(draft: Draft, instance: Instance, now: number): void {
  for (const binding of instance.ports) {
    const id = portLeaseId(instance.hostId, binding);
    if (draft.get('lease', id)?.ownerId === instance.id) draft.put('lease', { id, ownerId: FOREIGN, at: now });
  }
}
