import { createHash } from 'node:crypto';
import type { HostKey } from '../../../domain/entity/host.ts';
import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import { ensurePrograms } from './ensure-programs.ts';
import { type LabWorld, mustRun } from './lab-world.ts';

export interface KeyPair {
  readonly privateKeyPem: string;
  /** One line: type, key in base64, comment. */
  readonly publicKey: string;
}

/** The key that every host of the lab lets in; made once a lab. */
export async function ensureLabKey(world: LabWorld): Promise<KeyPair> {
  return ensureKeyPair(world, world.paths.privateKey, `clocker-lab-${world.settings.name}`);
}

/** The key by which a host proves that it is that host; made once a host, so that it stays the same over stops and starts. */
export async function ensureHostKey(world: LabWorld, host: string): Promise<KeyPair> {
  return ensureKeyPair(world, `${world.paths.hostKeys}/${host}`, host);
}

export async function readHostKey(world: LabWorld, host: string): Promise<HostKey | undefined> {
  const publicKey = await world.files.readText(`${world.paths.hostKeys}/${host}.pub`);
  return publicKey === undefined ? undefined : toHostKey(publicKey);
}

export async function removeHostKey(world: LabWorld, host: string): Promise<void> {
  await world.files.remove(`${world.paths.hostKeys}/${host}`);
  await world.files.remove(`${world.paths.hostKeys}/${host}.pub`);
}

/** Type and `SHA256:…` fingerprint of an OpenSSH public key line (RFC 4253 section 6.6; base64 without padding as `ssh-keygen -l` prints it). */
export function toHostKey(publicKey: string): HostKey {
  const [type = '', base64 = ''] = publicKey.trim().split(/\s+/);
  const digest = createHash('sha256').update(Buffer.from(base64, 'base64')).digest('base64');
  return { type, fingerprint: `SHA256:${digest.replace(/=+$/, '')}` };
}

async function ensureKeyPair(world: LabWorld, path: string, comment: string): Promise<KeyPair> {
  const known = await readKeyPair(world, path);
  if (known) return known;
  await ensurePrograms(world, ['ssh-keygen']);
  await world.files.makeFolder(path.replace(/\/[^/]+$/, ''), 0o700);
  await world.files.remove(path);
  await mustRun(world, ['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', comment, '-f', path]);
  const made = await readKeyPair(world, path);
  if (made) return made;
  throw new ClockerError('lab.failed', { message: `ssh-keygen left no key in ${path}` });
}

async function readKeyPair(world: LabWorld, path: string): Promise<KeyPair | undefined> {
  const privateKeyPem = await world.files.readText(path);
  const publicKey = await world.files.readText(`${path}.pub`);
  return privateKeyPem && publicKey ? { privateKeyPem, publicKey } : undefined;
}
