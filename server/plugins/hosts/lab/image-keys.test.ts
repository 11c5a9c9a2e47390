import { describe, expect, it } from 'vitest';
import { appKey, archiveKey, baseKey, type ImageInputs, machineKey, toCacheKey } from './image-keys.ts';

const inputs: ImageInputs = {
  aptSources: 'Suites: bookworm',
  folders: {
    base: { 'dpkg-slim.conf': 'path-exclude=/usr/share/doc/*' },
    services: { Dockerfile: 'services' },
    'host-bare': { Dockerfile: 'bare', init: 'boot' },
    host: { Dockerfile: 'host' },
    redis: { Dockerfile: 'redis' },
  },
};
const withFolder = (name: string, files: Readonly<Record<string, string>>): ImageInputs => ({
  ...inputs,
  folders: { ...inputs.folders, [name]: files },
});

describe('image keys', () => {
  it('stay the same for the same inputs in another order', () => {
    const swapped = withFolder('host-bare', { init: 'boot', Dockerfile: 'bare' });
    expect(machineKey(swapped, 'host')).toBe(machineKey(inputs, 'host'));
  });

  it('change for every image when the apt sources change', () => {
    const moved = { ...inputs, aptSources: 'Suites: trixie' };
    expect(baseKey(moved)).not.toBe(baseKey(inputs));
    expect(appKey(moved, 'redis')).not.toBe(appKey(inputs, 'redis'));
    expect(archiveKey(moved)).not.toBe(archiveKey(inputs));
  });

  it('change for a host image when the image below it changes', () => {
    const changed = withFolder('host-bare', { Dockerfile: 'bare 2', init: 'boot' });
    expect(machineKey(changed, 'host')).not.toBe(machineKey(inputs, 'host'));
    expect(machineKey(changed, 'services')).toBe(machineKey(inputs, 'services'));
  });

  it('leave other application images alone when one changes', () => {
    const changed = withFolder('redis', { Dockerfile: 'redis 2' });
    expect(appKey(changed, 'redis')).not.toBe(appKey(inputs, 'redis'));
    expect(archiveKey(changed)).toBe(archiveKey(inputs));
  });

  it('tell apart parts that would read the same when joined', () => {
    expect(toCacheKey(['ab', 'c'])).not.toBe(toCacheKey(['a', 'bc']));
  });
});
