import type { Instance, PortBinding } from '../domain/entity/instance.ts';
import type { Draft, StoreView } from '../ports/store.ts';

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

export function leasePorts(draft: Draft, instance: Instance): void {
  for (const binding of instance.ports) {
    const id = portLeaseId(instance.hostId, binding);
    draft.put('lease', { id, ownerId: instance.id, at: instance.createdAt });
  }
}

/** Gives back what the instance holds; ports that were passed on are no longer its own. */
export function releasePorts(draft: Draft, instance: Instance): void {
  for (const binding of instance.ports) {
    const id = portLeaseId(instance.hostId, binding);
    if (draft.get('lease', id)?.ownerId === instance.id) draft.remove('lease', id);
  }
}

/** Docker found a port in use by somebody else. Which one is not told, so all that the instance held are left alone for a while. */
export function avoidPorts(draft: Draft, instance: Instance, now: number): void {
  for (const binding of instance.ports) {
    const id = portLeaseId(instance.hostId, binding);
    if (draft.get('lease', id)?.ownerId === instance.id) draft.put('lease', { id, ownerId: FOREIGN, at: now });
  }
}
