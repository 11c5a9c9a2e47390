import ipaddr from 'ipaddr.js';

/** First and last address of a CIDR as numbers, the network's own and the broadcast address left out. */
export interface AddressRange {
  readonly first: number;
  readonly last: number;
}

/** @throws Error where the text is no IPv4 CIDR */
export function rangeOf(cidr: string): AddressRange {
  const network = toNumber(ipaddr.IPv4.networkAddressFromCIDR(cidr).toString());
  const broadcast = toNumber(ipaddr.IPv4.broadcastAddressFromCIDR(cidr).toString());
  return { first: network + 1, last: broadcast - 1 };
}

export function toNumber(address: string): number {
  return ipaddr.IPv4.parse(address)
    .toByteArray()
    .reduce((sum, byte) => sum * 256 + byte, 0);
}

export function toAddress(number: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join('.');
}

/** Whether two CIDRs have an address in common. */
export function overlap(one: string, other: string): boolean {
  const [a, aBits] = ipaddr.IPv4.parseCIDR(one);
  const [b, bBits] = ipaddr.IPv4.parseCIDR(other);
  return a.match(b, Math.min(aBits, bBits));
}

/** The first block of the pool that overlaps none of those in use; null where there is none. */
export function freeSubnet(pool: string, prefix: number, inUse: readonly string[]): string | null {
  const [, poolBits] = ipaddr.IPv4.parseCIDR(pool);
  const base = toNumber(ipaddr.IPv4.networkAddressFromCIDR(pool).toString());
  const size = 2 ** (32 - prefix);
  const blocks = 2 ** Math.max(0, prefix - poolBits);
  const near = inUse.filter((cidr) => overlap(cidr, pool));
  for (let n = 0; n < blocks; n++) {
    const cidr = `${toAddress(base + n * size)}/${prefix}`;
    if (!near.some((other) => overlap(other, cidr))) return cidr;
  }
  return null;
}

/** The next free address behind `last`, then from the beginning; null where all are taken. */
export function nextAddress(cidr: string, last: number, isTaken: (address: string) => boolean): string | null {
  const range = rangeOf(cidr);
  const count = range.last - range.first + 1;
  const start = last >= range.first && last < range.last ? last + 1 : range.first;
  for (let n = 0; n < count; n++) {
    const address = toAddress(range.first + ((start - range.first + n) % count));
    if (!isTaken(address)) return address;
  }
  return null;
}

/** The last free address: gateways are taken from the end, so that containers are not told theirs. */
export function lastFreeAddress(cidr: string, isTaken: (address: string) => boolean): string | null {
  const range = rangeOf(cidr);
  for (let number = range.last; number >= range.first; number--) if (!isTaken(toAddress(number))) return toAddress(number);
  return null;
}

/** The hardware address that goes with an address, as Docker itself makes them: 02:42 and its bytes. One of its own for each of a network. */
export function macOf(address: string): string {
  const bytes = ipaddr.IPv4.parse(address).toByteArray();
  return ['02', '42', ...bytes.map((byte) => byte.toString(16).padStart(2, '0'))].join(':');
}

export function isCidr(text: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/.test(text) && ipaddr.IPv4.isValidCIDR(text);
}
