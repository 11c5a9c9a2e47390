import { describe, expect, it } from 'vitest';
import { hostAccessOf } from './host-access.ts';

const reaching = (key: string, value: unknown) => hostAccessOf({ [`docker.container.${key}`]: value }).map(({ what }) => what);

describe('host access', () => {
  it.each([
    ['privileged', true, 'privileged gives'],
    ['privileged', 'true', 'privileged gives'],
    ['devices', ['/dev/kvm'], 'device /dev/kvm'],
    ['pidMode', 'host', 'pid: host'],
    ['ipcMode', 'host', 'ipc: host'],
    ['utsMode', 'host', 'uts: host'],
    ['usernsMode', 'host', 'userns_mode: host'],
    ['cgroupMode', 'host', 'cgroup: host'],
    ['networkMode', 'host', 'network_mode: host'],
    ['capAdd', ['ALL'], 'cap_add ALL'],
    ['capAdd', ['CAP_SYS_ADMIN'], 'cap_add CAP_SYS_ADMIN'],
    ['securityOpt', ['seccomp:unconfined'], 'security_opt seccomp:unconfined'],
    ['sysctls', { 'vm.overcommit_memory': 1 }, 'sysctl vm.overcommit_memory'],
    ['sysctls', { 'kernel.core_pattern': '|/x' }, 'sysctl kernel.core_pattern'],
    ['volumes', ['/:/host'], 'the whole host'],
    ['volumes', ['/etc:/etc:ro'], '/etc is a folder of the host'],
    ['volumes', { '/var/run/docker.sock': '/var/run/docker.sock' }, 'root there'],
    ['volumes', [{ source: '/run/docker.sock', target: '/x' }], 'root there'],
  ])('is told of %s: %j', (key, value, reason) => {
    expect(reaching(key, value)).toEqual([expect.stringContaining(reason)]);
  });

  it('is told of folders of the host that a container is given, unless its type does not act on the key', () => {
    const config = { 'docker.host.volumes': { '/etc': '/x', 'https://x.example/a.tgz': '/y', pages: '/z' } };
    expect(hostAccessOf(config)).toEqual([{ path: ['docker.host.volumes', '/etc'], what: expect.stringContaining('/etc is a folder') }]);
    expect(hostAccessOf(config, (key) => key === 'docker.host.volumes')).toEqual([]);
  });

  it.each([
    ['privileged', false],
    ['devices', []],
    ['ipcMode', 'private'],
    ['networkMode', 'none'],
    ['capAdd', ['NET_RAW', 'cap_ipc_lock']],
    ['securityOpt', ['no-new-privileges:true']],
    ['sysctls', { 'net.core.somaxconn': 1024, 'kernel.shmmax': 1 }],
    ['volumes', ['data:/data', { target: '/cache' }, { source: 'data', target: '/x' }]],
  ])('is none of %s: %j', (key, value) => {
    expect(reaching(key, value)).toEqual([]);
  });
});
