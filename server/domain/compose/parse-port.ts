import ipaddr from 'ipaddr.js';
import { type PortRange, parsePortRange } from '../entity/quantities.ts';

/** One entry of `ports`: a port of the container and how it is reached from outside. */
export interface ComposePort {
  /** Address of the host; null is every one. */
  readonly address: string | null;
  /** Ports of the host; null takes a free one. */
  readonly published: PortRange | null;
  readonly target: PortRange;
  readonly protocol: 'tcp' | 'udp';
}

export type PortParse =
  | { readonly ok: true; readonly port: ComposePort }
  | { readonly ok: false; readonly message: string; readonly hint?: string };

const MOST_IN_RANGE = 200;

/** `[ADDRESS:][HOST:]CONTAINER[/PROTOCOL]`; `::1:6000:6000` and `[::1]:6000:6000` are IPv6 addresses. */
export function parsePort(text: string): PortParse {
  const [ports = '', protocol = 'tcp', ...rest] = text.trim().split('/');
  if (rest.length > 0) return { ok: false, message: 'there is more than one “/”' };
  const parts = splitPort(ports);
  if (parts === null) return { ok: false, message: 'the bracket is not closed' };
  return toPort({ ...parts, protocol });
}

interface PortTexts {
  readonly address?: string | undefined;
  readonly published?: string | undefined;
  readonly target: string;
  readonly protocol: string;
}

/** The long form, and the short one once it is taken apart. */
export function toPort({ address, published, target, protocol }: PortTexts): PortParse {
  const transport = protocol.toLowerCase();
  if (transport !== 'tcp' && transport !== 'udp') {
    return {
      ok: false,
      message: transport === 'sctp' ? 'SCTP is not supported' : `the protocol is tcp or udp, not “${protocol.slice(0, 20)}”`,
    };
  }
  const container = readRange(target, 'the container');
  if (typeof container === 'string') return { ok: false, message: container };
  const host = published === undefined || published === '' ? null : readRange(published, 'the host');
  if (typeof host === 'string') return { ok: false, message: host };
  const wrongAddress = address === undefined || address === '' ? null : addressProblem(address);
  if (wrongAddress !== null) return { ok: false, message: wrongAddress };
  const wrong = host === null ? null : pairProblem(host, container);
  if (wrong !== null) return { ok: false, ...wrong };
  return { ok: true, port: { address: address || null, published: host, target: container, protocol: transport } };
}

/** The entry as Docker's `-p` takes it. */
export function formatPort({ address, published, target, protocol }: ComposePort): string {
  const host = published === null ? '' : `${formatRange(published)}:`;
  const at = address === null ? '' : `${address.includes(':') ? `[${address}]` : address}:${host === '' ? ':' : ''}`;
  return `${at}${host}${formatRange(target)}${protocol === 'udp' ? '/udp' : ''}`;
}

export function formatRange({ from, to }: PortRange): string {
  return from === to ? String(from) : `${from}-${to}`;
}

function splitPort(text: string): Omit<PortTexts, 'protocol'> | null {
  if (text.startsWith('[')) {
    const close = text.indexOf(']');
    if (close < 0) return null;
    const [published = '', target = '', ...more] = text
      .slice(close + 1)
      .replace(/^:/, '')
      .split(':');
    return { address: text.slice(1, close), published, target: [target, ...more].join(':') };
  }
  const parts = text.split(':');
  const target = parts.pop() ?? '';
  const published = parts.pop();
  return { address: parts.length === 0 ? undefined : parts.join(':'), published, target };
}

function readRange(text: string, whose: string): PortRange | string {
  if (!/^\d{1,5}(?:-\d{1,5})?$/.test(text.trim()))
    return `the port of ${whose} is a number or a range such as 8000-8010, not “${text.slice(0, 20)}”`;
  const [from = 0, to = from] = text.trim().split('-').map(Number);
  if (from > to) return `the range ${text.trim()} runs backwards`;
  const range = parsePortRange(text);
  if (range === null) return `a port is from 1 to 65535, not ${text.trim()}`;
  if (range.to - range.from >= MOST_IN_RANGE) return `the range ${text.trim()} has more than ${MOST_IN_RANGE} ports`;
  return range;
}

function addressProblem(address: string): string | null {
  if (address.includes('%')) return `“${address.slice(0, 60)}” has a zone, which only its own host knows`;
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(address) || ipaddr.IPv6.isValid(address);
  return isAddress ? null : `“${address.slice(0, 60)}” is no IP address`;
}

function pairProblem(host: PortRange, container: PortRange): { readonly message: string; readonly hint?: string } | null {
  const ports = container.to - container.from;
  if (ports > 0 && host.to - host.from !== ports) {
    return { message: `${formatRange(host)} has ${host.to - host.from + 1} ports, ${formatRange(container)} has ${ports + 1}` };
  }
  if (host.from <= 22 && host.to >= 22 && ports === host.to - host.from) {
    return { message: 'port 22 of a host is its SSH', hint: 'Choose another port before the colon, such as 2222.' };
  }
  return null;
}
