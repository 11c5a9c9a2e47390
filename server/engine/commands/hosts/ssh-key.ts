import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { invalid } from './require-valid.ts';

export interface SshKey {
  /** OpenSSH or PEM text that SSH clients read, without a passphrase. */
  readonly privateKey: string;
  /** One line for `authorized_keys`. */
  readonly publicKey: string;
}

const OPENSSH_MARK = 'openssh-key-v1\0';
const LONGEST_KEY = 32 * 1024;
const CURVES: Readonly<Record<string, string>> = {
  'P-256': 'nistp256',
  'P-384': 'nistp384',
  'P-521': 'nistp521',
};

export function generateSshKey(comment: string): SshKey {
  return fromEd25519(generateKeyPairSync('ed25519').privateKey, comment);
}

/** A pasted private key: OpenSSH, PKCS#1, SEC1 or PKCS#8. @throws ClockerError input.invalid */
export function readSshKey(text: string, comment: string): SshKey {
  const pem = `${text.trim().replaceAll('\r\n', '\n')}\n`;
  if (pem.length > LONGEST_KEY || !pem.startsWith('-----BEGIN ')) throw notAKey();
  if (/ENCRYPTED/.test(pem)) throw hasPassphrase();
  if (pem.startsWith('-----BEGIN OPENSSH PRIVATE KEY-----')) return { privateKey: pem, publicKey: publicLine(opensshPublic(pem), comment) };
  const key = parsePem(pem);
  switch (key.asymmetricKeyType) {
    case 'ed25519':
      return fromEd25519(key, comment);
    case 'rsa':
      return { privateKey: key.export({ type: 'pkcs1', format: 'pem' }).toString(), publicKey: publicLine(rsaPublic(key), comment) };
    case 'ec':
      return { privateKey: key.export({ type: 'sec1', format: 'pem' }).toString(), publicKey: publicLine(ecPublic(key), comment) };
    default:
      throw invalid(`Keys of type ${key.asymmetricKeyType ?? 'unknown'} are not supported`, 'Use ed25519, ECDSA or RSA.');
  }
}

function parsePem(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw cause instanceof Error && /passphrase|interrupted or cancelled/i.test(cause.message) ? hasPassphrase() : notAKey();
  }
}

/** PROTOCOL.key of OpenSSH: mark, cipher, kdf, kdf options, number of keys, public part, private part. The public part is never encrypted. */
function opensshPublic(pem: string): Buffer {
  const body = Buffer.from(pem.replace(/-----[A-Z ]+-----/g, ''), 'base64');
  if (body.toString('latin1', 0, OPENSSH_MARK.length) !== OPENSSH_MARK) throw notAKey();
  let at = OPENSSH_MARK.length;
  const next = (): Buffer => {
    const length = at + 4 <= body.length ? body.readUInt32BE(at) : Number.POSITIVE_INFINITY;
    if (at + 4 + length > body.length) throw notAKey();
    at += 4 + length;
    return body.subarray(at - length, at);
  };
  if (next().toString() !== 'none') throw hasPassphrase();
  next();
  next();
  at += 4;
  return next();
}

/** Writes an ed25519 key as OpenSSH does: other programs do not read PKCS#8 for it. */
function fromEd25519(key: KeyObject, comment: string): SshKey {
  const { d = '', x = '' } = key.export({ format: 'jwk' });
  const seed = Buffer.from(d, 'base64url');
  const point = Buffer.from(x, 'base64url');
  const publicBlob = Buffer.concat([field('ssh-ed25519'), field(point)]);
  const check = randomBytes(4);
  const secret = Buffer.concat([check, check, publicBlob, field(Buffer.concat([seed, point])), field(comment)]);
  const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, n) => n + 1));
  const one = Buffer.from([0, 0, 0, 1]);
  const head = [Buffer.from(OPENSSH_MARK), field('none'), field('none'), field(''), one, field(publicBlob)];
  const lines =
    Buffer.concat([...head, field(Buffer.concat([secret, padding]))])
      .toString('base64')
      .match(/.{1,70}/g) ?? [];
  const privateKey = ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n');
  return { privateKey, publicKey: publicLine(publicBlob, comment) };
}

function rsaPublic(key: KeyObject): Buffer {
  const { e = '', n = '' } = key.export({ format: 'jwk' });
  return Buffer.concat([field('ssh-rsa'), field(positive(e)), field(positive(n))]);
}

function ecPublic(key: KeyObject): Buffer {
  const { crv = '', x = '', y = '' } = key.export({ format: 'jwk' });
  const curve = CURVES[crv];
  if (!curve) throw invalid(`Keys on the curve ${crv || 'unknown'} are not supported`, 'Use ed25519, ECDSA (nistp256, 384, 521) or RSA.');
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return Buffer.concat([field(`ecdsa-sha2-${curve}`), field(curve), field(point)]);
}

/** A multiple-precision integer of RFC 4251: a leading zero keeps it positive. */
function positive(base64url: string): Buffer {
  const bytes = Buffer.from(base64url, 'base64url');
  return (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
}

function field(value: string | Buffer): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function publicLine(blob: Buffer, comment: string): string {
  return `${blob.toString('latin1', 4, 4 + blob.readUInt32BE(0))} ${blob.toString('base64')} ${comment}`;
}

function notAKey() {
  return invalid(
    'This is not a private SSH key',
    'Paste the whole file, from the line BEGIN to the line END, for example ~/.ssh/id_ed25519.',
  );
}

function hasPassphrase() {
  return invalid(
    'This key is protected by a passphrase',
    'Paste a key without one, or let Clocker generate a key: it is encrypted at rest.',
  );
}
