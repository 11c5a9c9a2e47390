import type { ReachProbe } from '../../domain/network/reach-answer.ts';

/**
 * From inside of the network of a container’s process, with what the host has: the image needs no tools. CK_TEXT: the process, an address, a port or
 * `-`, a DNS question as `\xHH…` or `-`, the other host’s address or `-`, the other host’s own address on the network or `-`. All at once, 3 s at most.
 */
export const REACH_SCRIPT = `
export LC_ALL=C
set -f
set -- $CK_TEXT
pid=$1 address=$2 port=$3 question=$4 peer=$5 gateway=$6
inside() { nsenter -t "$pid" -n -- "$@"; }
say() { printf '%s\\n' "$1 $(printf '%s' "$2" | tr '\\n' ' ')"; }
pinged() {
  if ! command -v ping >/dev/null; then echo 'untried ping'; return; fi
  "$@" 2>&1
}
connected() {
  if ! command -v bash >/dev/null; then echo 'untried bash'; return; fi
  inside timeout 3 bash -c 't=$EPOCHREALTIME; exec 3<>"/dev/tcp/$1/$2" && echo "took $t $EPOCHREALTIME"' _ "$address" "$port" 2>&1
}
asked() {
  inside timeout 2 bash -c 'exec 3<>/dev/udp/127.0.0.11/53; printf "$1" | dd ibs=1 obs=512 >&3; dd bs=512 count=1 <&3 | od -An -v -tx1' _ "$question" 2>/dev/null
}
if [ "$port" = - ]; then say answer "$(pinged inside ping -n -c 1 -W 2 "$address")" & else say answer "$(connected)" & fi
if [ "$question" != - ]; then say name "$(asked)" & fi
if [ "$peer" != - ]; then say hosts "$(pinged ping -n -c 1 -W 1 "$peer")" & fi
if [ "$gateway" != - ]; then say way "$(pinged ping -n -c 1 -W 1 "$gateway")" & fi
wait
`;

export interface ReachOutput {
  readonly answer: ReachProbe;
  /** From host to host, not through the network; null where it was not asked for. */
  readonly hosts: ReachProbe | null;
  /** From host to host through the network; null where it was not asked for. */
  readonly way: ReachProbe | null;
  /** IPv4 addresses; null where nobody answered, or it was not asked for. */
  readonly name: readonly string[] | null;
}

export function readReach(output: string, host: string): ReachOutput {
  const said = new Map(output.split('\n').map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1).trim()]));
  const probe = (key: string): ReachProbe | null => {
    const text = said.get(key);
    return text === undefined ? null : toProbe(text, host);
  };
  const name = said.get('name');
  return {
    answer: probe('answer') ?? { end: 'untried', why: `${host} has not said how it went` },
    hosts: probe('hosts'),
    way: probe('way'),
    name: name === undefined ? null : readAddresses(name),
  };
}

/** What `ping` or bash have said. */
function toProbe(text: string, host: string): ReachProbe {
  const [, missing] = /^untried (\w+)/.exec(text) ?? [];
  if (missing !== undefined) return { end: 'untried', why: `${host} has no ${missing}, by which it is tried` };
  const [, begun, ended] = /took (\d+\.\d+) (\d+\.\d+)/.exec(text) ?? [];
  if (begun !== undefined) return { end: 'answered', ms: Math.max(0, (Number(ended) - Number(begun)) * 1_000) };
  const [, time] = /time[=<]([\d.]+) ?ms/.exec(text) ?? [];
  if (time !== undefined) return { end: 'answered', ms: Number(time) };
  if (/refused/i.test(text)) return { end: 'refused' };
  if (/nsenter: /.test(text)) return { end: 'untried', why: `${host} cannot enter the container’s network: ${text.slice(0, 200)}` };
  // A neighbour that does not answer is told as no route after some seconds.
  if (/network is unreachable/i.test(text)) return { end: 'no-route' };
  return { end: 'silent' };
}

const ID = [0x63, 0x6b];

/** A question for the IPv4 addresses of a name (RFC 1035), each byte as `\xHH`. */
export function dnsQuestion(name: string): string {
  const labels = name.split('.').flatMap((label) => [label.length, ...[...label].map((char) => char.charCodeAt(0))]);
  const bytes = [...ID, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...labels, 0, 0, 1, 0, 1];
  return bytes.map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}

const HEADER_BYTES = 12;

/** IPv4 addresses of an answer (RFC 1035, section 4) in hexadecimal; null where it is none to our question. */
export function readAddresses(hex: string): readonly string[] | null {
  const bytes = (hex.match(/[0-9a-f]{2}/g) ?? []).map((byte) => Number.parseInt(byte, 16));
  const word = (at: number): number => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
  if (bytes.length < HEADER_BYTES || bytes[0] !== ID[0] || bytes[1] !== ID[1]) return null;
  let at = HEADER_BYTES;
  for (let n = word(4); n > 0; n--) at = afterName(bytes, at) + 4;
  const found: string[] = [];
  for (let n = word(6); n > 0 && at < bytes.length; n--) {
    at = afterName(bytes, at);
    const [type, length] = [word(at), word(at + 8)];
    if (type === 1 && length === 4) found.push(bytes.slice(at + 10, at + 14).join('.'));
    at += 10 + length;
  }
  return found;
}

function afterName(bytes: readonly number[], from: number): number {
  let at = from;
  while (at < bytes.length) {
    const length = bytes[at] ?? 0;
    if (length >= 0xc0) return at + 2;
    if (length === 0) return at + 1;
    at += length + 1;
  }
  return at;
}

const LISTEN = '0A';

/** At which addresses somebody listens on a port, of /proc/net/tcp and tcp6: `0.0.0.0`, `127.0.0.1`; `all` for IPv6’s own, which takes IPv4 too. */
export function listenersAt(procNetTcp: string, port: number): readonly string[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  const found = procNetTcp.split('\n').flatMap((line) => {
    const [, local = '', , state] = line.trim().split(/\s+/);
    const [address = '', own] = local.split(':');
    return state === LISTEN && own === wanted ? [toAddress(address)] : [];
  });
  return [...new Set(found)];
}

function toAddress(hex: string): string {
  if (hex.length === 8)
    return (hex.match(/../g) ?? [])
      .reverse()
      .map((byte) => Number.parseInt(byte, 16))
      .join('.');
  return /^0+$/.test(hex) ? 'all' : 'an IPv6 address';
}
