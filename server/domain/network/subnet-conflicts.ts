import { type AddressRange, blockOf, freeSubnet, overlap } from './addresses.ts';

/** A range of addresses that is in use, and what uses it in words: `network back of shop`, `the LAN of docker-1 (eth0)`. */
export interface TakenRange {
  readonly cidr: string;
  readonly by: string;
}

/** A range that a host has a route to. */
export interface HostRoute {
  /** IPv4 CIDR. */
  readonly cidr: string;
  readonly device: string;
  /** It is reached through a gateway: no LAN of the host itself. */
  readonly isRemote?: true;
}

/** The first range that has an address in common with the subnet. */
export function conflictOf(subnet: string, taken: readonly TakenRange[]): TakenRange | undefined {
  return taken.find(({ cidr }) => overlap(cidr, subnet));
}

/** In words why a subnet cannot be had, with one that can; null when it can. */
export function subnetRefusalOf(
  subnet: string,
  { taken, pool, prefix }: { readonly taken: readonly TakenRange[]; readonly pool: string; readonly prefix: number },
): { readonly message: string; readonly proposal: string | null } | null {
  const conflict = conflictOf(subnet, taken);
  if (!conflict) return null;
  const cidrs = taken.map(({ cidr }) => cidr);
  return { message: `${subnet} overlaps ${conflict.cidr}, ${conflict.by}`, proposal: freeSubnet(pool, prefix, cidrs) };
}

/**
 * Routes that count against networks of a pool. One through a gateway to a range that holds the whole pool does not: behind a VPN to 10.0.0.0/8 no
 * default would be left, and the network is the more specific of both. `own`: networks that are known, whose routes the hosts have for that.
 */
export function countingRoutes(
  routes: readonly HostRoute[],
  { pool, own }: { readonly pool: string; readonly own: readonly string[] },
): readonly HostRoute[] {
  const whole = blockOf(pool);
  const known = own.map(blockOf);
  return routes.filter(({ cidr, isRemote }) => {
    const block = blockOf(cidr);
    return !(isRemote && includes(block, whole)) && !known.some((subnet) => includes(subnet, block));
  });
}

function includes(outer: AddressRange, inner: AddressRange): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}
