import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../domain/shared/json.ts';
import { aHost, anInstance } from '../../testing/records.ts';
import { plugin } from './docker-container.ts';

const toSpec = (config: Record<string, unknown>) =>
  plugin.container?.toSpec(plugin.config.parse({ 'docker.image.name': 'nginx', ...config }));
const readiness = (config: Record<string, unknown>) =>
  plugin.container?.readiness(plugin.config.parse({ 'docker.image.name': 'nginx', ...config }));

describe('docker-container', () => {
  it('asks for nothing that the blueprint does not', () => {
    expect(toSpec({})).toEqual({
      image: 'nginx',
      entrypoint: null,
      command: null,
      env: {},
      labels: {},
      ports: [],
      volumes: [],
      files: [],
      memoryBytes: null,
      cpus: null,
      hostname: null,
      user: null,
      readOnly: false,
      stopTimeoutS: 10,
      healthcheck: null,
    });
  });

  it('turns config into what Docker needs', () => {
    const spec = toSpec({
      'docker.image.tag': 1.22,
      'docker.image.commands': 'serve --title "two words"',
      'docker.container.environment': { N: 5, ON: true, NONE: null },
      'docker.container.volumes': ['data:/var/lib/data', 'conf:/etc/x:ro'],
      'docker.container.files': { '/a': 'x', '/b': { content: 'y', mode: '0755' } },
      'docker.container.healthcheck': { test: 'curl localhost', interval: '5s' },
      'docker.memory': '1.5g',
      'docker.cpus': '0.5',
      'docker.container.user': 1000,
      'stop.timeout': '1m',
    });
    expect(spec).toMatchObject({
      image: 'nginx:1.22',
      command: ['serve', '--title', 'two words'],
      env: { N: '5', ON: 'true', NONE: '' },
      volumes: [
        { name: 'data', path: '/var/lib/data', readOnly: false },
        { name: 'conf', path: '/etc/x', readOnly: true },
      ],
      files: [
        { path: '/a', content: 'x', mode: 0o644 },
        { path: '/b', content: 'y', mode: 0o755 },
      ],
      healthcheck: { test: ['CMD-SHELL', 'curl localhost'], intervalMs: 5000, timeoutMs: 5000, retries: 3, startPeriodMs: 0 },
      memoryBytes: 1_610_612_736,
      cpus: 0.5,
      user: '1000',
      stopTimeoutS: 60,
    });
  });

  it('gives secret files their content and mode, and keeps one path to one file', () => {
    const files = { '/a': { content: 'x', owner: '101:102' } };
    expect(toSpec({ 'docker.container.files': files, 'docker.container.secrets': { '/run/secrets/k': 'y' } })?.files).toEqual([
      { path: '/a', content: 'x', mode: 0o644, uid: 101, gid: 102 },
      { path: '/run/secrets/k', content: 'y', mode: 0o444 },
    ]);
    expect(() => toSpec({ 'docker.container.files': files, 'docker.container.secrets': { '/a': 'y' } })).toThrow(/is one of the files/);
    expect(plugin.secretKeys).toContain('docker.container.secrets');
  });

  it('takes the host names that Docker takes', () => {
    expect(toSpec({ 'docker.container.hostname': 'service_a.local' })?.hostname).toBe('service_a.local');
    expect(() => toSpec({ 'docker.container.hostname': '-x' })).toThrow(/letters, digits/);
  });

  it('joins networks, unless it is to have none', () => {
    expect(toSpec({ 'docker.container.networks': ['back'] })?.networks).toEqual([{ name: 'back', aliases: [], definition: {} }]);
    expect(() => toSpec({ 'docker.container.networks': ['back'], 'docker.container.networkMode': 'none' })).toThrow(/networks to join/);
  });

  it('keeps the hash of containers that were made before it knew of further options', () => {
    const config = {
      'docker.image.tag': 1.22,
      'docker.image.commands': 'serve --title "two words"',
      'docker.container.environment': { N: 5, ON: true, NONE: null },
      'docker.container.openPorts': ['9000-9001', '53/udp'],
      'docker.container.directPorts': [8080],
      'docker.container.volumes': ['data:/var/lib/data', 'conf:/etc/x:ro'],
      'docker.container.files': { '/a': 'x', '/b': { content: 'y', mode: '0755' } },
      'docker.container.healthcheck': { test: 'curl localhost', interval: '5s' },
      'docker.container.labels': { a: 1 },
      'docker.memory': '1.5g',
      'docker.cpus': '0.5',
      'docker.container.user': 1000,
      'docker.container.hostname': 'h',
      'stop.timeout': '1m',
    };
    const hashes = [config, { 'docker.container.portBindings': { 80: 8080 } }].map((given) => {
      const spec = toSpec(given);
      return (
        spec &&
        createHash('sha256')
          .update(canonicalJson({ ...spec, memoryBytes: undefined, cpus: undefined }))
          .digest('hex')
      );
    });
    expect(hashes).toEqual([
      'a27ba7f21b54356e1038f5e78c45039edc37f4077a4537d6b35aec52092f13a4',
      'a46e487e5697e69657df02f6afd5123105c9c57031a5b1fa3736d2ea64c8d866',
    ]);
  });

  it('leads to ports as Clocker does: bindings instead of direct ports, open ports beside them', () => {
    const direct = { 'docker.container.directPorts': [8080], 'docker.container.openPorts': ['9000-9001', 8080, '53/udp'] };
    expect(toSpec(direct)?.ports).toEqual([
      { container: 8080, protocol: 'tcp', host: { from: 8080, to: 8080 } },
      { container: 9000, protocol: 'tcp', host: null },
      { container: 9001, protocol: 'tcp', host: null },
      { container: 53, protocol: 'udp', host: null },
    ]);
    expect(toSpec({ ...direct, 'docker.container.portBindings': { 80: 8080 } })?.ports[0]).toEqual({
      container: 8080,
      protocol: 'tcp',
      host: { from: 80, to: 80 },
    });
  });

  it('is ready by its own word, else its health check, else its first port, else by running', () => {
    const check = { 'docker.container.healthcheck': { test: ['true'] } };
    expect(readiness({})).toEqual({ kind: 'running' });
    expect(readiness({ 'docker.container.openPorts': [53, 80] })).toEqual({ kind: 'tcp', containerPort: 53 });
    expect(readiness({ ...check, 'docker.container.openPorts': [80] })).toEqual({ kind: 'healthcheck' });
    expect(readiness({ ...check, readiness: { kind: 'http', port: '80' } })).toEqual({ kind: 'http', containerPort: 80, path: '/' });
    expect(readiness({ readiness: { kind: 'exec', command: 'redis-cli ping' } })).toEqual({ kind: 'exec', argv: ['redis-cli', 'ping'] });
  });

  it('publishes where its ports are, and a main.uri for a port that speaks HTTP', () => {
    const instance = anInstance({
      id: 'i',
      containerId: 'c1',
      ports: [
        { container: 80, host: 32768, protocol: 'tcp' },
        { container: 53, host: 5353, protocol: 'udp' },
      ],
    });
    const sensors = plugin.container?.sensors({
      config: plugin.config.parse({ 'docker.image.name': 'nginx' }),
      instance,
      host: aHost({ id: 'h', name: 'east-1', address: '2001:db8::1' }),
    });
    expect(sensors).toMatchObject({
      'host.address': '2001:db8::1',
      'host.name': 'east-1',
      'docker.container.id': 'c1',
      'docker.port.80': 32768,
      'mapped.docker.port.80': '[2001:db8::1]:32768',
      'main.uri': 'http://[2001:db8::1]:32768/',
    });
    expect(sensors).not.toHaveProperty(['docker.port.53']);
  });

  it('gives the same spec from a config that was parsed twice', () => {
    const config = plugin.config.parse({ 'docker.image.name': 'nginx', 'docker.memory': '64m', 'stop.timeout': 2000 });
    expect(plugin.container?.toSpec(plugin.config.parse(config))).toEqual(plugin.container?.toSpec(config));
  });
});
