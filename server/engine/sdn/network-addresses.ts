import { blockOf, lastFreeAddress, nextAddress, overlap, rangeOf } from '../../domain/network/addresses.ts';
import type { VirtualNetwork } from '../../domain/network/virtual-network.ts';
import type { Draft } from '../../ports/store.ts';

/**
 * An address that was given back is given again after this time, unless nothing else is left: what its neighbours remember of it is then forgotten.
 * Milliseconds.
 */
export const RESTING_MS = 60_000;

interface Seeking {
  readonly now: number;
  readonly isTaken: (address: string) => boolean;
}

/** The next that nobody has and that does not rest; where there is none, one that rests; null where all are taken. */
export function freeAddress(network: VirtualNetwork, { now, isTaken }: Seeking): string | null {
  const { subnet, lastAddress } = network;
  const rests = restsAt(network.resting, now);
  const isHeld = (one: string): boolean => isTaken(one) || isFenced(network, one);
  return nextAddress(subnet, lastAddress, (one) => isHeld(one) || rests(one)) ?? nextAddress(subnet, lastAddress, isHeld);
}

/** The last that nobody has, as for `freeAddress`. */
export function freeGateway(network: VirtualNetwork, { now, isTaken }: Seeking): string | null {
  const { subnet } = network;
  const rests = restsAt(network.resting, now);
  const isHeld = (one: string): boolean => isTaken(one) || isFenced(network, one);
  return lastFreeAddress(subnet, (one) => isHeld(one) || rests(one)) ?? lastFreeAddress(subnet, isHeld);
}

/** Not the store's to give: the software of the network's provider gives it to somebody. */
export function isFenced({ fence }: Pick<VirtualNetwork, 'fence'>, address: string): boolean {
  return fence !== undefined && overlap(fence, `${address}/32`);
}

function restsAt(resting: VirtualNetwork['resting'], now: number): (address: string) => boolean {
  return (address) => now < (resting?.[address] ?? Number.NEGATIVE_INFINITY) + RESTING_MS;
}

/** An address was given back. */
export function restAddress(
  draft: Draft,
  { networkId, address, now }: { readonly networkId: string; readonly address: string; readonly now: number },
): void {
  const network = draft.get('virtualNetwork', networkId);
  if (!network) return;
  const still = Object.entries(network.resting ?? {}).filter(([, since]) => now < since + RESTING_MS);
  draft.put('virtualNetwork', { ...network, resting: { ...Object.fromEntries(still), [address]: now } });
}

/** How many addresses can be given. */
export function capacityOf({ subnet, fence }: Pick<VirtualNetwork, 'subnet' | 'fence'>): number {
  const { first, last } = rangeOf(subnet);
  if (fence === undefined) return last - first + 1;
  const fenced = blockOf(fence);
  return last - first + 1 - (Math.min(fenced.last, last) - Math.max(fenced.first, first) + 1);
}
