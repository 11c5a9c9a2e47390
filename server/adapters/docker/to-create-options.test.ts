import { describe, expect, it } from 'vitest';
import { BARE_CONTAINER, type ContainerSpec } from '../../domain/entity/container-spec.ts';
import type { CreateContainer } from '../../ports/docker-engine.ts';
import { toCreateOptions } from './to-create-options.ts';

const SPEC: ContainerSpec = { ...BARE_CONTAINER, image: 'web:1' };

const request = (spec: Partial<ContainerSpec>, rest: Partial<CreateContainer> = {}): CreateContainer => ({
  name: 'ck-a-b-1',
  spec: { ...SPEC, ...spec },
  ports: [],
  labels: {},
  volumeNames: {},
  ...rest,
});

describe('toCreateOptions', () => {
  it('leaves healing to the controllers and bounds the logs', () => {
    expect(toCreateOptions(request({})).HostConfig).toMatchObject({
      RestartPolicy: { Name: 'no' },
      Init: false,
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } },
    });
  });

  it('keeps what the image says where the spec says nothing', () => {
    const options = toCreateOptions(request({}));
    expect(['Cmd', 'Entrypoint', 'User', 'Hostname', 'Healthcheck'].filter((key) => key in options)).toEqual([]);
  });

  it('publishes each port on the host port leased for it', () => {
    const port = { container: 80, protocol: 'tcp', host: null } as const;
    const options = toCreateOptions(request({ ports: [port] }, { ports: [{ container: 80, host: 32_001, protocol: 'tcp' }] }));
    expect(options.ExposedPorts).toEqual({ '80/tcp': {} });
    expect(options.HostConfig?.PortBindings).toEqual({ '80/tcp': [{ HostPort: '32001' }] });
  });

  it('refuses a port without a lease and a volume without a name', () => {
    const port = { container: 80, protocol: 'tcp', host: null } as const;
    expect(() => toCreateOptions(request({ ports: [port] }))).toThrow(/80\/tcp/);
    expect(() => toCreateOptions(request({ volumes: [{ name: 'data', path: '/data', readOnly: false }] }))).toThrow(/data/);
  });

  it('limits swap with memory and counts CPUs in billionths', () => {
    const { HostConfig } = toCreateOptions(request({ memoryBytes: 64 * 2 ** 20, cpus: 0.5 }));
    expect(HostConfig).toMatchObject({ Memory: 67_108_864, MemorySwap: 67_108_864, NanoCpus: 500_000_000 });
  });

  it('lets our labels win over those of the blueprint', () => {
    const options = toCreateOptions(
      request({ labels: { 'io.clocker.plane': 'forged', own: 'x' } }, { labels: { 'io.clocker.plane': 'p1' } }),
    );
    expect(options.Labels).toEqual({ 'io.clocker.plane': 'p1', own: 'x' });
  });

  it('makes room for files in a read-only container, outside of its volumes', () => {
    const { HostConfig } = toCreateOptions(
      request(
        {
          readOnly: true,
          volumes: [{ name: 'data', path: '/data', readOnly: false }],
          files: ['/etc/app/a.conf', '/etc/app/b.conf', '/data/c'].map((path) => ({ path, content: '', mode: 0o644 })),
        },
        { volumeNames: { data: 'ckv-data' } },
      ),
    );
    expect(HostConfig?.Mounts?.map(({ Source, Target }) => [Source, Target])).toEqual([
      ['ckv-data', '/data'],
      ['', '/etc/app'],
    ]);
  });
});
