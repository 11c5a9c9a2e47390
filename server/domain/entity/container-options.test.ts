import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { optionShape, toOptions } from './container-options.ts';

const config = z.looseObject(optionShape);
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

  it.each([
    ['privileged', true, 'privileged gives'],
    ['devices', ['/dev/kvm'], 'devices gives'],
    ['pidMode', 'host', 'pid: host'],
    ['ipcMode', 'host', 'ipc: host'],
    ['utsMode', 'host', 'uts: host'],
    ['usernsMode', 'host', 'userns_mode: host'],
    ['cgroupParent', '/outside', 'cgroup_parent'],
    ['runtime', 'mine', 'runtime'],
    ['networkMode', 'host', 'network_mode: host'],
    ['capAdd', ['ALL'], 'cap_add ALL'],
    ['capAdd', ['CAP_SYS_ADMIN'], 'cap_add CAP_SYS_ADMIN'],
    ['securityOpt', ['seccomp:unconfined'], 'security_opt seccomp:unconfined'],
    ['sysctls', { 'vm.overcommit_memory': 1 }, 'sysctl vm.overcommit_memory'],
    ['sysctls', { 'kernel.core_pattern': '|/x' }, 'sysctl kernel.core_pattern'],
  ])('refuse %s: %j with a reason that names it and a permission', (key, value, reason) => {
    expect(problem(key, value)).toContain(reason);
    expect(problem(key, value)).toContain('permission');
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
