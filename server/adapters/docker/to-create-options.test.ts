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
  networkNames: {},
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

  it('lets swap be more than none where it is asked for', () => {
    const { HostConfig } = toCreateOptions(request({ memoryBytes: 64 * 2 ** 20, options: { memorySwapBytes: -1 } }));
    expect(HostConfig).toMatchObject({ Memory: 67_108_864, MemorySwap: -1 });
  });

  it('takes an entrypoint away with one empty word, as Docker asks for', () => {
    expect(toCreateOptions(request({ entrypoint: [] })).Entrypoint).toEqual(['']);
  });

  it('listens where a port says, on all addresses of the host otherwise', () => {
    const ports = [
      { container: 53, protocol: 'tcp', host: null },
      { container: 53, protocol: 'udp', host: null },
    ] as const;
    const leased = [
      { container: 53, host: 53, protocol: 'tcp', address: '127.0.0.1' },
      { container: 53, host: 54, protocol: 'udp' },
    ] as const;
    expect(toCreateOptions(request({ ports }, { ports: leased })).HostConfig?.PortBindings).toEqual({
      '53/tcp': [{ HostPort: '53', HostIp: '127.0.0.1' }],
      '53/udp': [{ HostPort: '54' }],
    });
  });

  it('joins the first network by its name on the host, under all its names', () => {
    const network = { name: 'back', aliases: ['db', 'database'], address: '172.28.0.5', definition: {} };
    const options = toCreateOptions(request({ networks: [network] }, { networkNames: { back: 'ckn-back' } }));
    expect(options.HostConfig?.NetworkMode).toBe('ckn-back');
    expect(options.NetworkingConfig).toEqual({
      EndpointsConfig: { 'ckn-back': { Aliases: ['db', 'database'], IPAMConfig: { IPv4Address: '172.28.0.5' } } },
    });
    expect(() => toCreateOptions(request({ networks: [network] }))).toThrow(/back/);
  });

  it('hands every option on in Docker’s words, and none that is not given', () => {
    const options = toCreateOptions(
      request(
        {
          healthcheck: { test: ['CMD', 'true'], intervalMs: 1000, timeoutMs: 1000, retries: 1, startPeriodMs: 0, startIntervalMs: 500 },
          volumes: [{ name: 'data', path: '/data', readOnly: false, noCopy: true }],
          options: {
            ...{ workingDir: '/srv', domainname: 'example.org', stopSignal: 'SIGINT', tty: true, stdinOpen: true, init: true },
            ...{ extraHosts: ['db:10.0.0.1'], dns: ['10.0.0.2'], dnsSearch: ['example.org'], dnsOptions: ['ndots:1'], expose: ['9/tcp'] },
            ...{ tmpfs: { '/run': 'size=1m' }, anonymousVolumes: ['/cache'], shmBytes: 1024, oomScoreAdj: 5, pidsLimit: 50 },
            ...{ ulimits: [{ name: 'nofile', soft: 1, hard: 2 }], sysctls: { 'net.core.somaxconn': '9' }, noNewPrivileges: true },
            ...{ capAdd: ['IPC_LOCK'], capDrop: ['ALL'], groupAdd: ['7'], memoryReservationBytes: 4096, cpuShares: 512, cpuset: '0' },
            logging: { driver: 'local', options: { 'max-file': '9' } },
          },
        },
        { volumeNames: { data: 'ckv-data' } },
      ),
    );
    expect(options).toMatchObject({
      ...{ WorkingDir: '/srv', Domainname: 'example.org', StopSignal: 'SIGINT', Tty: true, OpenStdin: true },
      ExposedPorts: { '9/tcp': {} },
      Healthcheck: { StartInterval: 5e8 },
    });
    expect(options.HostConfig).toMatchObject({
      ...{ Init: true, ExtraHosts: ['db:10.0.0.1'], Dns: ['10.0.0.2'], DnsSearch: ['example.org'], DnsOptions: ['ndots:1'] },
      ...{ Tmpfs: { '/run': 'size=1m' }, ShmSize: 1024, OomScoreAdj: 5, PidsLimit: 50, Sysctls: { 'net.core.somaxconn': '9' } },
      Ulimits: [{ Name: 'nofile', Soft: 1, Hard: 2 }],
      ...{ CapAdd: ['IPC_LOCK'], CapDrop: ['ALL'], GroupAdd: ['7'], SecurityOpt: ['no-new-privileges:true'] },
      ...{ MemoryReservation: 4096, CpuShares: 512, CpusetCpus: '0' },
      LogConfig: { Type: 'local', Config: { 'max-size': '10m', 'max-file': '9' } },
      Mounts: [
        { Type: 'volume', Source: 'ckv-data', Target: '/data', ReadOnly: false, VolumeOptions: { NoCopy: true } },
        { Type: 'volume', Source: '', Target: '/cache', ReadOnly: false },
      ],
    });
    const bare = toCreateOptions(request({}));
    expect(Object.keys(bare.HostConfig ?? {}).sort()).toEqual(
      ['Init', 'LogConfig', 'Mounts', 'PortBindings', 'ReadonlyRootfs', 'RestartPolicy'].sort(),
    );
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
