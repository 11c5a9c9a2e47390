import { z } from 'zod';
import { quoteText } from '../findings.ts';

/** Where a machine is reached. */
export interface MachineAddress {
  readonly user?: string;
  readonly address: string;
  readonly port?: number;
}

export type MachineParse = { readonly ok: true; readonly machine: MachineAddress } | { readonly ok: false; readonly message: string };

const IPV4 = z.ipv4();
const IPV6 = z.ipv6();

/** `host`, `user@host`, `host:22`, `user@[2001:db8::1]:22`. Names that would pass for an option of a command are refused. */
export function parseMachine(text: string): MachineParse {
  const trimmed = text.trim();
  const refuse = (why: string): MachineParse => ({ ok: false, message: `the host ${quoteText(trimmed)} ${why}` });
  if (trimmed === '') return { ok: false, message: 'a host is empty' };
  const at = trimmed.lastIndexOf('@');
  const user = at < 0 ? undefined : trimmed.slice(0, at);
  if (user !== undefined && !/^[A-Za-z0-9_][A-Za-z0-9_.\\+-]{0,63}\$?$/.test(user)) return refuse('has a user that cannot be one');
  const where = trimmed.slice(at + 1);
  if (!where.startsWith('[') && (where.match(/:/g)?.length ?? 0) > 1)
    return refuse('has several colons: write an IPv6 address in brackets, [2001:db8::1]');
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^[\]:]*))(?::(.*))?$/.exec(where);
  if (match === null) return refuse('cannot be read; write user@host:port');
  const address = match[1] ?? match[2] ?? '';
  const problem = match[1] === undefined ? hostProblem(address) : IPV6.safeParse(address).success ? null : 'is no IPv6 address';
  if (problem !== null) return refuse(problem);
  const port = match[3] === undefined ? undefined : toPort(match[3]);
  if (port === null) return refuse('needs a port from 1 to 65535 after the colon');
  return { ok: true, machine: { ...(user === undefined ? {} : { user }), address, ...(port === undefined ? {} : { port }) } };
}

function hostProblem(text: string): string | null {
  if (/^[\d.]+$/.test(text)) return IPV4.safeParse(text).success ? null : 'is no IPv4 address';
  const name = /^(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})(?:\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*\.?$/;
  return name.test(text) ? null : 'is neither a host name nor an address';
}

/** Null when it is none. */
export function toPort(text: string): number | null {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535 ? Number(text) : null;
}
