import { type PortRange, parsePortRange } from './quantities.ts';

export type PortsParse = { readonly ok: true; readonly ranges: readonly PortRange[] } | { readonly ok: false; readonly message: string };

/**
 * Brooklyn's port ranges: `8080`, `8000-9000`, `8080+` (to 65535), several with commas or as a list. The first free one is taken, in
 * their order. What is none is told in words that go after the value: “70000 is beyond 65535 …”.
 */
export function parsePorts(value: unknown): PortsParse {
  const items = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [value];
  const ranges: PortRange[] = [];
  for (const item of items) {
    const message = portProblem(item);
    if (message !== null) return { ok: false, message };
    const range = typeof item === 'string' || typeof item === 'number' ? parsePortRange(item) : null;
    if (range !== null) ranges.push(range);
  }
  return ranges.length === 0 ? { ok: false, message: 'needs at least one port' } : { ok: true, ranges };
}

/** The port that is taken where nothing else has it. Of what is no port: 0. */
export function firstPort(value: unknown): number {
  const parsed = parsePorts(value);
  return parsed.ok ? (parsed.ranges[0]?.from ?? 0) : 0;
}

/** What is wrong with one port or range of ports, or null. */
export function portProblem(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return 'needs a port such as 8080, "8000-9000" or "8080+"';
  const text = String(value).trim();
  if (text === '') return 'has an empty place where a port belongs';
  if (/^-\d+$/.test(text)) return `needs a port from 1 to 65535, and ${text} is below`;
  if (/^\d+\.\d+$/.test(text)) return `needs a whole number, and ${text} is none`;
  if (text.includes(':')) return `needs a port by itself, and ${quoted(text)} is a mapping of ports`;
  if (/\/(?:tcp|udp)$/i.test(text)) return `needs a port without a protocol, not ${quoted(text)}`;
  const match = /^(\d+)\s*(?:-\s*(\d+)|(\+))?$/.exec(text);
  if (match === null) return `needs a port such as 8080, "8000-9000" or "8080+", not ${quoted(text)}`;
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  if (from === 0) return 'needs a port from 1 to 65535, and 0 is none';
  const beyond = [match[1], match[2]].find((digits) => Number(digits ?? 0) > 65_535);
  if (beyond !== undefined) return `needs a port from 1 to 65535, and ${beyond.slice(0, 20)} is beyond`;
  return from > to ? `has a range that counts down: write ${to}-${from}` : null;
}

function quoted(text: string): string {
  return `“${text.slice(0, 40)}”`;
}
