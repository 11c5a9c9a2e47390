import ipaddr from 'ipaddr.js';

/** First and last address, as numbers. */
export interface AddressRange {
  readonly first: number;
  readonly last: number;
}

/** Addresses of a CIDR, the network's own and the broadcast address left out. @throws Error where the text is no IPv4 CIDR */
export function rangeOf(cidr: string): AddressRange {
  const { first, last } = blockOf(cidr);
  return { first: first + 1, last: last - 1 };
}

/** All addresses of a CIDR. */
export function blockOf(cidr: string): AddressRange {
  const [address, bits] = ipaddr.IPv4.parseCIDR(cidr);
  const size = 2 ** (32 - bits);
  const first = Math.floor(bytesToNumber(address.octets) / size) * size;
  return { first, last: first + size - 1 };
}

export function toNumber(address: string): number {
  return bytesToNumber(ipaddr.IPv4.parse(address).octets);
}

function bytesToNumber(bytes: readonly number[]): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
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

/** Whether a range, of IPv4 or not, holds all of a CIDR. */
export function isWithin(cidr: string, range: string): boolean {
  return isCidr(range) && overlap(cidr, range) && Number(range.slice(range.indexOf('/') + 1)) <= Number(cidr.slice(cidr.indexOf('/') + 1));
}

/** Whether an address of a CIDR can be given to somebody: not the network's own, nor the broadcast address. */
export function isGivable(cidr: string, address: string): boolean {
  const { first, last } = rangeOf(cidr);
  const number = toNumber(address);
  return number >= first && number <= last;
}

/** The first block of the pool that overlaps none of those in use; null where there is none. */
export function freeSubnet(pool: string, prefix: number, inUse: readonly string[]): string | null {
  const { first: base, last: end } = blockOf(pool);
  const size = 2 ** (32 - prefix);
  let at = base;
  for (const { first, last } of inUse.map(blockOf).sort((a, b) => a.first - b.first)) {
    if (first >= at + size) break;
    if (last >= at) at = base + Math.ceil((last + 1 - base) / size) * size;
  }
  return at > end ? null : `${toAddress(at)}/${prefix}`;
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
