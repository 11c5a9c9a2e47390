import type { Host } from '../../../domain/entity/host.ts';
import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import { RECORD_NAME } from '../../../domain/shared/record-name.ts';

const LABEL_KEY = /^[A-Za-z0-9]([A-Za-z0-9_./-]{0,61}[A-Za-z0-9])?$/;

/** Throws `input.invalid` unless the name is 1 to 63 of a-z, 0-9 and -, beginning with a letter or digit. */
export function requireName(what: string, name: string): void {
  if (RECORD_NAME.test(name)) return;
  throw invalid(`${JSON.stringify(name)} is no name for a ${what}`, 'Use 1 to 63 of a-z, 0-9 and -, the first a letter or digit.');
}

export function requirePort(what: string, port: number): void {
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return;
  throw invalid(`${what} ${port} is out of range`, 'Use a whole number from 1 to 65535.');
}

/** A host name, IPv4 or IPv6 address: no spaces, no user, no port. */
export function requireAddress(address: string): void {
  if (address.length <= 253 && /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(address)) return;
  if (address.length <= 64 && /^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9_.-]+)?$/.test(address)) return;
  throw invalid(
    `${JSON.stringify(address)} is no address of a host`,
    'Use a host name or an IP address; the port and the user have fields of their own.',
  );
}

export function requireUser(user: string): void {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}$/.test(user)) return;
  throw invalid(`${JSON.stringify(user)} is no user name`, 'Use the name of the account on the host, for example root.');
}

export function requireFingerprint(hostKey: { readonly type: string; readonly fingerprint: string }): void {
  if (/^[a-z0-9@.-]{3,64}$/.test(hostKey.type) && /^SHA256:[A-Za-z0-9+/]{43}$/.test(hostKey.fingerprint)) return;
  throw invalid('The host key is not one that OpenSSH would print', 'Scan the key again and compare it with `ssh-keygen -l` on the host.');
}

/** At most 32 labels: keys of 1 to 63 letters, digits, `_ . / -`, values of at most 256 characters. */
export function requireLabels(labels: Readonly<Record<string, string>>): void {
  const entries = Object.entries(labels);
  const wrong = entries.find(([key, value]) => !LABEL_KEY.test(key) || value.length > 256);
  if (entries.length <= 32 && !wrong) return;
  throw invalid(
    wrong ? `${JSON.stringify(wrong[0])} is no label` : 'A host has at most 32 labels',
    'Keys are 1 to 63 letters, digits, _ . / or -.',
  );
}

export function invalid(message: string, hint: string): ClockerError {
  return new ClockerError('input.invalid', { message, hint });
}

export function conflict(message: string, hint?: string): ClockerError {
  return new ClockerError('conflict', { message, hint });
}

/** Throws `conflict` for the machine of one process: nothing of containers is done to it. */
export function requireInCloud({ name, cloudId }: Pick<Host, 'name' | 'cloudId'>): void {
  if (cloudId === null)
    throw conflict(`${name} is the machine of one process, and in no cloud`, 'It is given back when the process is deleted.');
}

export function notFound(what: string, id: string): ClockerError {
  return new ClockerError('not-found', { message: `There is no ${what} ${id}` });
}
