import { describe, expect, it } from 'vitest';
import { toHostKey, toHostKeyAlgorithms } from './host-key.ts';

/** Made with ssh-keygen; its fingerprint is what `ssh-keygen -lf` prints. */
const PUBLIC_KEY = 'AAAAC3NzaC1lZDI1NTE5AAAAIL9ad/H7cB/vfaYHYfm2ducamontkVbhN+tZpREhI7VF';
const FINGERPRINT = 'SHA256:TDZBl/tPv7mgJ0N2KSIj3VX9PoxmxW+VwuGgb6TR3HQ';

describe('toHostKey', () => {
  it('reads type and fingerprint as OpenSSH prints them', () => {
    expect(toHostKey(Buffer.from(PUBLIC_KEY, 'base64'))).toEqual({ type: 'ssh-ed25519', fingerprint: FINGERPRINT });
  });
});

describe('toHostKeyAlgorithms', () => {
  it('asks for the pinned kind of key only', () => {
    expect(toHostKeyAlgorithms('ssh-ed25519')).toEqual(['ssh-ed25519']);
    expect(toHostKeyAlgorithms('ecdsa-sha2-nistp256')).toEqual(['ecdsa-sha2-nistp256']);
  });

  it('prefers the newer signatures of an RSA key', () => {
    expect(toHostKeyAlgorithms('ssh-rsa')[0]).toBe('rsa-sha2-512');
    expect(toHostKeyAlgorithms('rsa-sha2-512')).toEqual(toHostKeyAlgorithms('ssh-rsa'));
  });
});
