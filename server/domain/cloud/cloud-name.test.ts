import { describe, expect, it } from 'vitest';
import { cloudName } from './cloud-name.ts';
import { hostName } from './host-name.ts';

const NONE = { prefix: undefined, name: undefined, suffix: undefined, fallback: 'My Cloud' };

describe('cloudName', () => {
  it('puts prefix and suffix around the name, and takes that of the entity where none is given', () => {
    expect(cloudName({ ...NONE, prefix: 'eu-', name: 'docker', suffix: '-1' })).toEqual({ ok: true, name: 'eu-docker-1' });
    expect(cloudName(NONE)).toEqual({ ok: true, name: 'my-cloud' });
  });

  it('refuses what cannot be the name of a location', () => {
    expect(cloudName({ ...NONE, name: 'My Cloud' })).toMatchObject({ ok: false });
  });
});

describe('hostName', () => {
  it('follows Clocker’s format, as far as a host may be called so', () => {
    expect(hostName('docker-%2$02d', { id: 'A1', number: 7 })).toBe('docker-07');
    expect(hostName('Docker Host %1$s', { id: 'A1', number: 7 })).toBe('docker-host-a1');
    expect(hostName(undefined, { id: 'A1', number: 7 })).toBe('docker-7');
    expect(hostName('%9$s', { id: 'A1', number: 7 })).toBe('docker-7');
  });
});
