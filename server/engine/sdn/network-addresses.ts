import { lastFreeAddress, nextAddress, rangeOf } from '../../domain/network/addresses.ts';
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
export function freeAddress({ subnet, lastAddress, resting }: VirtualNetwork, { now, isTaken }: Seeking): string | null {
  const rests = restsAt(resting, now);
  return nextAddress(subnet, lastAddress, (one) => isTaken(one) || rests(one)) ?? nextAddress(subnet, lastAddress, isTaken);
}

/** The last that nobody has, as for `freeAddress`. */
export function freeGateway({ subnet, resting }: VirtualNetwork, { now, isTaken }: Seeking): string | null {
  const rests = restsAt(resting, now);
  return lastFreeAddress(subnet, (one) => isTaken(one) || rests(one)) ?? lastFreeAddress(subnet, isTaken);
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
export function capacityOf(subnet: string): number {
  const { first, last } = rangeOf(subnet);
  return last - first + 1;
}
