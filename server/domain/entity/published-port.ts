import { z } from 'zod';
import type { PortSpec } from './container-spec.ts';
import { type PortRange, parsePortRange } from './quantities.ts';

const MOST_IN_RANGE = 200;
const ipAddress = z.union([z.ipv4(), z.ipv6()]);

/**
 * Docker's own writing of published ports: `[[address:]host[-host]:]container[-container][/tcp|/udp]`. Two ranges of the same length
 * are led to one by one; a range of the host for one port of the container takes the first that is free. The ports, or what is wrong.
 */
export function parsePublishedPort(text: string): readonly PortSpec[] | string {
  const match = /^(?:(.*):)?([^:/]+)(?:\/(\w+))?$/.exec(text.trim());
  if (match === null) return 'needs a port such as 8080:80';
  const [, front, inner = '', protocol = 'tcp'] = match;
  if (protocol !== 'tcp' && protocol !== 'udp') return 'needs tcp or udp after “/”';
  const container = parseClosedRange(inner);
  if (container === null) return 'needs a port of the container from 1 to 65535, such as 8080:80';
  if (lengthOf(container) > MOST_IN_RANGE) return `is a range of more than ${MOST_IN_RANGE} ports`;
  const outside = parseFront(front);
  if (typeof outside === 'string') return outside;
  const { host, address } = outside;
  const rest = { protocol, ...(address === undefined ? {} : { address }) } as const;
  if (host === null) return portsOf(container).map((port) => ({ container: port, host: null, ...rest }));
  if (lengthOf(host) > MOST_IN_RANGE) return `is a range of more than ${MOST_IN_RANGE} ports`;
  if (lengthOf(container) === 1) return [{ container: container.from, host, ...rest }];
  if (lengthOf(container) !== lengthOf(host)) return 'has ranges of different lengths on both sides';
  return portsOf(container).map((port, index) => ({ container: port, host: { from: host.from + index, to: host.from + index }, ...rest }));
}

interface Front {
  readonly host: PortRange | null;
  readonly address?: string;
}

function parseFront(front: string | undefined): Front | string {
  if (front === undefined) return { host: null };
  const colon = front.lastIndexOf(':');
  const hostText = front.slice(colon + 1);
  const address = colon < 0 ? undefined : front.slice(0, colon).replace(/^\[(.*)\]$/, '$1');
  if (address !== undefined && !ipAddress.safeParse(address).success) return `has “${address}” where an IP address of the host belongs`;
  const host = hostText === '' ? null : parseClosedRange(hostText);
  if (host === null && hostText !== '') return 'needs a port of the host from 1 to 65535, such as 8080:80';
  // All addresses is what no address means.
  return address === undefined || address === '0.0.0.0' ? { host } : { host, address };
}

function parseClosedRange(text: string): PortRange | null {
  return text.includes('+') ? null : parsePortRange(text);
}

function lengthOf({ from, to }: PortRange): number {
  return to - from + 1;
}

function portsOf({ from, to }: PortRange): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
