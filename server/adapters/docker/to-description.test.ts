import type { ContainerInspectInfo, ImageInspectInfo } from 'dockerode';
import { expect, it } from 'vitest';
import { toDescription } from './to-description.ts';

const container = (
  rest: { readonly config?: object; readonly host?: object; readonly settings?: object; readonly mounts?: unknown } = {},
) =>
  ({
    ...{ Id: 'a'.repeat(64), Name: '/web', Image: 'sha256:1', Mounts: rest.mounts ?? null },
    State: { Status: 'running', Pid: 1, ExitCode: 0, Error: '', OOMKilled: false, StartedAt: '2026-11-22T20:21:12.7Z' },
    Config: { Labels: null, Image: 'nginx:1', Env: null, Cmd: null, Entrypoint: null, ...rest.config },
    HostConfig: {
      NetworkMode: 'default',
      PidsLimit: null,
      CapAdd: null,
      Ulimits: null,
      RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
      ...rest.host,
    },
    NetworkSettings: { Ports: {}, Networks: null, ...rest.settings },
  }) as unknown as ContainerInspectInfo;

it('reads what an old engine leaves out or gives as null as not asked for', () => {
  const found = toDescription(container(), null);
  expect(found).toMatchObject({ of: null, env: [], command: [], capAdd: [], networks: [], mounts: [], pidsLimit: 0, stopTimeoutS: null });
  expect(found.restart).toEqual({ name: '', most: 0 });
});

it('parts ports that were asked for from those that Docker chose, each once for both address families', () => {
  const both = (port: string) => [
    { HostIp: '0.0.0.0', HostPort: port },
    { HostIp: '::', HostPort: port },
  ];
  const found = toDescription(
    container({
      host: { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }], '53/udp': [{ HostIp: '', HostPort: '' }] } },
      settings: { Ports: { '80/tcp': both('8080'), '53/udp': both('49153'), '9/sctp': both('9'), '1/tcp': null } },
    }),
    null,
  );
  expect(found.ports).toEqual([
    { container: 80, host: 8080, protocol: 'tcp' },
    { container: 53, host: 49_153, protocol: 'udp' },
  ]);
  expect(found.fixedPorts).toEqual([{ container: 80, host: 8080, protocol: 'tcp' }]);
});

it('puts the network that it was started on first, and tells an address only where one was asked for', () => {
  const Networks = {
    a: { Aliases: null, IPAddress: '10.0.0.2', IPAMConfig: null },
    b: { Aliases: ['x'], IPAMConfig: { IPv4Address: '10.1.0.9' } },
  };
  expect(toDescription(container({ host: { NetworkMode: 'b' }, settings: { Networks } }), null).networks).toEqual([
    { name: 'b', aliases: ['x'], address: '10.1.0.9' },
    { name: 'a', aliases: [], address: '' },
  ]);
});

it('tells CPUs of a quota, parts of volumes, and names of an image without those that are none', () => {
  const mounts = [{ Type: 'volume', Name: 'data', Source: '/var/lib/docker/volumes/data/_data', Destination: '/data', RW: false }];
  const host = { CpuQuota: 25_000, CpuPeriod: 50_000, Mounts: [{ Target: '/data', VolumeOptions: { Subpath: 'a' } }] };
  const image = { RepoTags: ['nginx:1', '<none>:<none>'], RepoDigests: null, Config: { Env: ['A=1'], Volumes: { '/cache': {} } } };
  const found = toDescription(container({ mounts, host }), image as unknown as ImageInspectInfo);
  expect(found.cpus).toBe(0.5);
  expect(found.mounts).toEqual([{ type: 'volume', name: 'data', source: '', target: '/data', readOnly: true, subpath: 'a' }]);
  expect(found.of).toMatchObject({ names: ['nginx:1'], env: ['A=1'], volumes: ['/cache'], healthcheck: null });
});
