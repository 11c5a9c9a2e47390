import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Json } from '../shared/json.ts';
import { engineConfig, readEngineSettings } from './engine-config.ts';
import { mergeDaemonConfig } from './merge-daemon-config.ts';

const schema = z.object(engineConfig);
const problems = (key: string, value: unknown): string[] => {
  const parsed = schema.safeParse({ [`docker.engine.${key}`]: value });
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.slice(1).join('.')}: ${message}`);
};
const CLOUD: Readonly<Record<string, Json>> = {
  'docker.engine.registryMirrors': ['https://mirror.example.org', 'http://10.0.0.5:5000/'],
  'docker.engine.insecureRegistries': ['registry.local:5000', '10.0.0.0/8'],
  'docker.engine.addressPools': [
    { base: '10.200.0.0/16', size: 24 },
    { base: '10.201.0.0/16', size: 16 },
  ],
  'docker.engine.logOptions': { 'max-size': '50m', 'max-file': 5 },
};

describe('settings of the engines of a cloud', () => {
  it('are taken as Docker takes them', () => {
    expect(schema.safeParse(CLOUD).error).toBeUndefined();
    const merged = mergeDaemonConfig(
      null,
      readEngineSettings((key) => CLOUD[key]),
    );
    expect(merged.ok && JSON.parse(merged.text ?? '')).toEqual({
      'live-restore': true,
      'log-opts': { 'max-size': '50m', 'max-file': '5' },
      'registry-mirrors': ['https://mirror.example.org', 'http://10.0.0.5:5000/'],
      'insecure-registries': ['registry.local:5000', '10.0.0.0/8'],
      'default-address-pools': CLOUD['docker.engine.addressPools'],
    });
  });

  it('keep what a machine has, and say so', () => {
    const before = JSON.stringify({ 'default-address-pools': [{ base: '172.30.0.0/16', size: 24 }], 'log-opts': { 'max-size': '1m' } });
    const merged = mergeDaemonConfig(
      before,
      readEngineSettings((key) => CLOUD[key]),
    );
    expect(merged.ok && merged.kept).toEqual(['log-opts', 'default-address-pools']);
    expect(merged.ok && JSON.parse(merged.text ?? '')).toMatchObject(JSON.parse(before));
  });

  it('are those of before where the cloud says nothing', () => {
    const settings = readEngineSettings(() => undefined);
    expect(mergeDaemonConfig(null, settings)).toEqual(mergeDaemonConfig(null, { liveRestore: true }));
  });

  it.each([
    ['registryMirrors', ['mirror.example.org'], '0: needs an address'],
    ['registryMirrors', ['ftp://mirror'], '0: needs https'],
    ['registryMirrors', ['https://ada:pw@mirror'], '0: has a login'],
    ['registryMirrors', ['https://mirror/path'], '0: has a path'],
    ['insecureRegistries', ['http://registry'], '0: needs a registry'],
    ['insecureRegistries', ['registry:70000'], '0: needs a registry'],
    ['addressPools', [{ base: '10.200.0.1/16', size: 24 }], '0.base: is an address within a network'],
    ['addressPools', [{ base: '10.200.0.0/16', size: 8 }], '0.size: needs 16 to 30'],
    ['addressPools', [{ base: '10.200.0.0/16', size: 31 }], '0.size: needs 16 to 30'],
    [
      'addressPools',
      [
        { base: '10.200.0.0/16', size: 24 },
        { base: '10.200.4.0/24', size: 24 },
      ],
      '1.base: overlaps 10.200.0.0/16',
    ],
    ['logOptions', { 'max-size': '10 MB' }, 'max-size: needs a size'],
    ['logOptions', { 'max-file': 0 }, 'max-file: needs a number'],
    ['logOptions', {}, ': needs max-size or max-file'],
  ])('refuse %s %j, at its place', (key, value, problem) => {
    expect(problems(key, value)).toEqual([expect.stringContaining(problem)]);
  });
});
