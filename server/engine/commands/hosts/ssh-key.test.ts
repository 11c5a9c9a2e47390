import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { generateSshKey, readSshKey, type SshKey } from './ssh-key.ts';

const SSH_KEYGEN = 'ssh-keygen';
const folder = mkdtempSync(path.join(tmpdir(), 'clocker-key-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('ssh keys', () => {
  it('generates ed25519 keys that OpenSSH reads, with the public key it would print itself', () => {
    for (let n = 0; n < 10; n += 1) expectAccepted(generateSshKey('clocker-a'));
    expect(generateSshKey('clocker-a').publicKey).toMatch(/^ssh-ed25519 AAAAC3[A-Za-z0-9+/=]+ clocker-a$/);
  });

  it('reads keys as ssh-keygen writes them', () => {
    for (const type of [
      ['ed25519'],
      ['ecdsa', '-b', '256'],
      ['ecdsa', '-b', '521'],
      ['rsa', '-b', '2048'],
      ['rsa', '-b', '2048', '-m', 'PEM'],
    ]) {
      expectAccepted(readSshKey(written(type), 'clocker-b'));
    }
  });

  it('turns PKCS#8, which SSH clients do not read, into what they do', () => {
    const keys = [
      generateKeyPairSync('ed25519').privateKey,
      generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey,
      generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
    ];
    for (const key of keys) expectAccepted(readSshKey(key.export({ type: 'pkcs8', format: 'pem' }).toString(), 'clocker-c'));
  });

  it('takes Windows line ends and space around', () => {
    expectAccepted(readSshKey(`\n  ${written(['ed25519']).replaceAll('\n', '\r\n')}  \n`, 'clocker-d'));
  });

  it('refuses keys with a passphrase in every format, and says so', () => {
    for (const type of [['ed25519'], ['rsa', '-b', '2048', '-m', 'PEM'], ['rsa', '-b', '2048', '-m', 'PKCS8']]) {
      expect(() => readSshKey(written(type, 'secret'), 'x')).toThrow(/passphrase/);
    }
  });

  it('refuses what is no private key', () => {
    const publicKey = generateSshKey('x').publicKey;
    const cut = generateSshKey('x').privateKey.split('\n').slice(0, 2).join('\n');
    for (const text of [
      '',
      'hello',
      publicKey,
      cut,
      '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n',
      '-----BEGIN PRIVATE KEY-----\nAAAA\n',
    ]) {
      expect(() => readSshKey(text, 'x')).toThrow(/not a private SSH key/);
    }
  });
});

function expectAccepted(key: SshKey): void {
  const file = path.join(folder, 'check');
  rmSync(file, { force: true });
  writeFileSync(file, key.privateKey, { mode: 0o600 });
  const printed = execFileSync(SSH_KEYGEN, ['-y', '-f', file], { encoding: 'utf8' });
  expect(key.publicKey.split(' ').slice(0, 2)).toEqual(printed.trim().split(' ').slice(0, 2));
}

function written(type: readonly string[], passphrase = ''): string {
  const file = path.join(folder, 'written');
  rmSync(file, { force: true });
  execFileSync(SSH_KEYGEN, ['-q', '-t', ...type, '-N', passphrase, '-C', 'somebody', '-f', file]);
  return readFileSync(file, 'utf8');
}
