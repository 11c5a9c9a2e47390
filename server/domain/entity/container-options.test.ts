import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { optionShape, toOptions } from './container-options.ts';
import { volumes } from './container-volumes.ts';

const config = z.looseObject({ ...optionShape, 'docker.container.volumes': volumes.optional() });
const options = (given: Record<string, unknown>) => toOptions(config.parse(given));
const problem = (key: string, value: unknown) =>
  JSON.stringify(config.safeParse({ [`docker.container.${key}`]: value }).error?.issues ?? []);

describe('options of a container', () => {
  it('leave out what is not given, and what says nothing', () => {
    expect(options({})).toEqual({});
    expect(options({ 'docker.container.tty': false, 'docker.container.dns': [], 'docker.container.sysctls': {} })).toEqual({});
    expect(
      options({ 'docker.container.privileged': false, 'docker.container.devices': [], 'docker.container.ipcMode': 'private' }),
    ).toEqual({});
  });

  it('are turned into what Docker needs', () => {
    expect(
      options({
        'docker.container.extraHosts': { db: '10.0.0.1', both: ['10.0.0.2', '::1'], outside: 'host-gateway' },
        'docker.container.tmpfs': ['/run', '/data:mode=755,size=64m'],
        'docker.container.shmSize': '1m',
        'docker.container.ulimits': { nofile: 9, nproc: { soft: 1, hard: -1 } },
        'docker.container.capAdd': ['cap_ipc_lock'],
        'docker.container.capDrop': ['all'],
        'docker.container.expose': [3000, '53/udp', '80-81'],
        'docker.container.securityOpt': ['no-new-privileges:true'],
        'docker.container.networkMode': 'none',
        'docker.container.logging': { options: { 'max-file': 2 } },
      }),
    ).toEqual({
      extraHosts: ['db:10.0.0.1', 'both:10.0.0.2', 'both:::1', 'outside:host-gateway'],
      tmpfs: { '/run': '', '/data': 'mode=755,size=64m' },
      shmBytes: 1_048_576,
      ulimits: [
        { name: 'nofile', soft: 9, hard: 9 },
        { name: 'nproc', soft: 1, hard: -1 },
      ],
      capAdd: ['IPC_LOCK'],
      capDrop: ['ALL'],
      expose: ['3000/tcp', '53/udp', '80/tcp', '81/tcp'],
      noNewPrivileges: true,
      networkMode: 'none',
      logging: { driver: 'json-file', options: { 'max-file': '2' } },
    });
  });

  it('that reach the host are turned into what Docker needs as well', () => {
    expect(
      options({
        'docker.container.privileged': true,
        'docker.container.devices': ['/dev/kvm'],
        'docker.container.pidMode': 'host',
        'docker.container.usernsMode': 'host',
        'docker.container.networkMode': 'host',
        'docker.container.securityOpt': ['seccomp=unconfined', 'no-new-privileges'],
        'docker.container.volumes': ['/srv:/data'],
      }),
    ).toEqual({
      privileged: true,
      devices: ['/dev/kvm'],
      hostSpaces: ['pid', 'userns'],
      networkMode: 'host',
      noNewPrivileges: true,
      securityOptions: ['seccomp=unconfined'],
      hostFolders: [{ source: '/srv', path: '/data', readOnly: false }],
    });
  });

  it.each([
    ['cgroupParent', '/outside', 'cgroup_parent'],
    ['runtime', 'mine', 'runtime'],
    ['gpus', 'all', 'gpus'],
    ['deviceCgroupRules', ['c 1:3 mr'], 'device_cgroup_rules'],
    ['devices', ['kvm'], '/dev/ttyUSB0'],
    ['pidMode', 'container:x', 'needs private, host'],
  ])('refuse %s: %j with a reason that names it', (key, value, reason) => {
    expect(problem(key, value)).toContain(reason);
  });

  it.each([
    ['tmpfs', ['run'], 'absolute path'],
    ['tmpfs', ['/run:bind'], 'mount option'],
    ['extraHosts', { db: 'somewhere' }, 'IP address'],
    ['ulimits', { nofile: { soft: 9, hard: 1 } }, 'above the hard one'],
    ['ulimits', { files: 1 }, 'no ulimit'],
    ['stopSignal', 'now', 'SIGINT'],
    ['shmSize', 'lots', '64m'],
    ['dns', ['dns.example'], 'IP address'],
  ])('refuse %s: %j with what is wrong', (key, value, reason) => {
    expect(problem(key, value)).toContain(reason);
  });
});
