import { createHash } from 'node:crypto';
import type { ServerHostKeyAlgorithm } from 'ssh2';
import type { HostKey } from '../../domain/entity/host.ts';

/** The type and fingerprint of a public key in SSH wire format (RFC 4253 section 6.6: a length, the type's name, the rest). */
export function toHostKey(blob: Buffer): HostKey {
  const length = blob.readUInt32BE(0);
  const digest = createHash('sha256').update(blob).digest('base64').replace(/=+$/, '');
  return { type: blob.toString('latin1', 4, 4 + length), fingerprint: `SHA256:${digest}` };
}

export function isSameKey(pinned: HostKey, offered: HostKey): boolean {
  return pinned.fingerprint === offered.fingerprint;
}

const RSA: readonly ServerHostKeyAlgorithm[] = ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'];
const KNOWN: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
];

/** Signature algorithms that prove a key of the pinned type; any other would make the host offer another of its keys. */
export function toHostKeyAlgorithms(type: string): readonly ServerHostKeyAlgorithm[] {
  if (type === 'ssh-rsa' || type.startsWith('rsa-sha2-')) return RSA;
  const known = KNOWN.find((algorithm) => algorithm === type);
  return known ? [known] : KNOWN;
}

/** Offered when any key will do, strongest first. */
export const SCAN_ALGORITHMS = KNOWN;
