import type { ContainerInfo, ContainerInspectInfo } from 'dockerode';
import { describe, expect, it } from 'vitest';
import { toContainerSummary, toContainerView } from './to-container-view.ts';

const STATE = {
  Status: 'running',
  Pid: 42,
  ExitCode: 0,
  Error: '',
  OOMKilled: false,
  StartedAt: '2026-11-22T20:21:12.7Z',
};

const inspection = (state: object, rest: object = {}) =>
  ({
    Id: 'abc',
    Name: '/web',
    State: { ...STATE, ...state },
    Config: { Labels: { a: 'b' } },
    HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '32001' }] } },
    NetworkSettings: { Ports: {}, Networks: {} },
    ...rest,
  }) as unknown as ContainerInspectInfo;

describe('toContainerView', () => {
  it('lists a port once that is bound for both address families', () => {
    const ports = {
      '80/tcp': [
        { HostIp: '0.0.0.0', HostPort: '32001' },
        { HostIp: '::', HostPort: '32001' },
      ],
      '9/udp': null,
    };
    const view = toContainerView(inspection({}, { NetworkSettings: { Ports: ports, Networks: { bridge: { IPAddress: '10.0.0.2' } } } }));
    expect(view).toMatchObject({
      name: 'web',
      status: 'running',
      pid: 42,
      exitCode: null,
      health: 'none',
      ports: [{ container: 80, host: 32_001, protocol: 'tcp' }],
      bridgeAddress: '10.0.0.2',
    });
  });

  it('tells the ports that a container will have which is not started yet, and no exit code', () => {
    const view = toContainerView(inspection({ Status: 'created', Pid: 0, StartedAt: '0001-01-01T00:00:00Z' }));
    expect(view).toMatchObject({ pid: null, exitCode: null, startedAtMs: null, ports: [{ container: 80, host: 32_001 }] });
  });

  it('tells why a container could not start and how it ended', () => {
    expect(toContainerView(inspection({ Status: 'created', ExitCode: 127, Error: 'no such file' }))).toMatchObject({
      exitCode: 127,
      error: 'no such file',
    });
    expect(toContainerView(inspection({ Status: 'exited', ExitCode: 137, OOMKilled: true }))).toMatchObject({
      exitCode: 137,
      oomKilled: true,
    });
  });
});

describe('toContainerSummary', () => {
  it('takes the name and not the aliases of links', () => {
    const info = { Id: 'abc', Names: ['/other/db', '/web'], Image: 'web:1', State: 'running', Labels: null } as unknown as ContainerInfo;
    expect(toContainerSummary(info)).toEqual({ id: 'abc', name: 'web', image: 'web:1', state: 'running', labels: {} });
  });
});
