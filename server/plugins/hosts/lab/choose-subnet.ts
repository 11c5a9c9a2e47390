import ipaddr from 'ipaddr.js';

/** Third numbers of the /24 networks 10.72.x.0: for the lab's LANs, and for the default bridge of the lab's own engine. */
export const LAN_NUMBERS = { from: 10, to: 189 } as const;
export const BRIDGE_NUMBERS = { from: 190, to: 250 } as const;

/** The first 10.72.x.0/24 within `numbers` that overlaps nothing in `taken` (CIDRs or addresses), or undefined where all do. */
export function chooseSubnet(taken: readonly string[], numbers: { readonly from: number; readonly to: number }): string | undefined {
  const used = taken.map(toRange).filter((range) => range !== undefined);
  for (let third = numbers.from; third <= numbers.to; third++) {
    const candidate = toRange(`10.72.${third}.0/24`);
    if (candidate && !used.some((range) => overlaps(range, candidate))) return `10.72.${third}.0/24`;
  }
  return undefined;
}

/** Address number `last` of a /24, for example 11 in 10.72.10.0/24 → 10.72.10.11. */
export function addressIn(subnet: string, last: number): string {
  return subnet.replace(/\.\d+\/24$/, `.${last}`);
}

/** Destinations in the output of `ip -o -4 route show table all`. The default route overlaps nothing. */
export function toRoutedSubnets(routes: string): readonly string[] {
  return routes
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map((words) => (/^(local|broadcast|unreachable|blackhole|prohibit)$/.test(words[0] ?? '') ? words[1] : words[0]))
    .filter((destination): destination is string => destination !== undefined && /^\d/.test(destination));
}

interface Range {
  readonly network: number;
  readonly bits: number;
}

function toRange(cidr: string): Range | undefined {
  const text = /^[\d.]+$/.test(cidr) ? `${cidr}/32` : cidr;
  if (!ipaddr.IPv4.isValidCIDR(text)) return undefined;
  const [address, bits] = ipaddr.IPv4.parseCIDR(text);
  return { network: address.toByteArray().reduce((sum, byte) => sum * 256 + byte, 0), bits };
}

function overlaps(a: Range, b: Range): boolean {
  const size = 2 ** (32 - Math.min(a.bits, b.bits));
  return Math.floor(a.network / size) === Math.floor(b.network / size);
}
