import { describe, expect, it } from 'vitest';
import type { ContainerSpec } from '../../domain/entity/container-spec.ts';
import type { EngineFixture } from './engine-fixture.ts';

/** What a container is made with is what its process finds. */
export function describeOptions(fixture: () => EngineFixture): void {
  async function seen(spec: Partial<ContainerSpec>, script: string): Promise<string> {
    const { engine, running } = fixture();
    const { stdout } = await engine.exec(await running(spec), { argv: ['sh', '-c', script], timeoutMs: 10_000 });
    return stdout.trim();
  }
  const line = (key: string) => `sed -n 's/^${key}:[[:space:]]*//p' /proc/1/status`;

  describe('options', () => {
    it('place the process and name the container', async () => {
      const options = { workingDir: '/tmp', domainname: 'example.org', extraHosts: ['db.example.org:10.9.8.7'] };
      const script = 'readlink /proc/1/cwd; grep -c "10.9.8.7.*db.example.org" /etc/hosts; cat /proc/sys/kernel/domainname';
      expect(await seen({ options }, script)).toBe('/tmp\n1\nexample.org');
    });

    it('say where names are looked up', async () => {
      const options = { dns: ['10.9.8.7'], dnsSearch: ['example.org'], dnsOptions: ['ndots:3'] };
      expect(
        await seen({ options }, 'grep -c -e "nameserver 10.9.8.7" -e "search example.org" -e "options ndots:3" /etc/resolv.conf'),
      ).toBe('3');
    });

    it('give folders in memory and their own sizes', async () => {
      const options = { tmpfs: { '/scratch': 'size=1m,mode=700' }, shmBytes: 2 ** 20, anonymousVolumes: ['/cache'] };
      const script =
        'stat -c %a /scratch; df -k /scratch /dev/shm | awk "NR>1{print \\$2}"; touch /cache/x && grep -c " /cache " /proc/mounts';
      expect(await seen({ options, readOnly: true }, script)).toBe('700\n1024\n1024\n1');
    });

    it('limit the process and set its kernel parameters', async () => {
      const options = {
        ulimits: [{ name: 'nofile', soft: 123, hard: 456 }],
        sysctls: { 'net.ipv4.ip_unprivileged_port_start': '81' },
        pidsLimit: 33,
        oomScoreAdj: 200,
      };
      const script =
        'awk "/open files/{print \\$4, \\$5}" /proc/1/limits; cat /proc/sys/net/ipv4/ip_unprivileged_port_start /proc/1/oom_score_adj';
      expect(await seen({ options }, script)).toBe('123 456\n81\n200');
    });

    it('give and take rights', async () => {
      const options = { capAdd: ['IPC_LOCK'], capDrop: ['ALL'], noNewPrivileges: true, groupAdd: ['4321'] } as const;
      // IPC_LOCK is number 14, and all that is left.
      const script = `${line('CapBnd')}; ${line('NoNewPrivs')}; ${line('Groups')}`;
      expect(await seen({ options, user: '0' }, script)).toMatch(/^0000000000004000\n1\n(?:.* )?4321\s*$/);
    });

    it('reach the host where that is asked for', async () => {
      const hostFolders = [{ source: '/etc', path: '/host', readOnly: true }];
      const script =
        'test -f /host/passwd && ! touch /host/x 2>/dev/null && echo read-only; test $(ls -d /proc/[0-9]* | wc -l) -gt 5 && echo all';
      expect(await seen({ options: { hostSpaces: ['pid'], hostFolders } }, script)).toBe('read-only\nall');
      expect(await seen({ options: { networkMode: 'host' } }, 'ls /sys/class/net | wc -l')).not.toBe('1');
    });

    it('put a small init before the process, and a terminal behind it', async () => {
      expect(await seen({ options: { init: true } }, 'tr "\\0" " " < /proc/1/cmdline')).toMatch(/init/);
      expect(await seen({ options: { tty: true, stdinOpen: true } }, 'readlink /proc/1/fd/0')).toMatch(/^\/dev\/(?:pts\/\d+|console)$/);
    });

    it('stop by the signal that is asked for', async () => {
      const { engine, running } = fixture();
      const command = ['sh', '-c', 'trap "exit 42" INT; trap "exit 1" TERM; echo ready; while :; do sleep 0.1; done'];
      const id = await running({ command, options: { stopSignal: 'SIGINT' } });
      for await (const { text } of engine.logs(id, { follow: true, tail: 1 })) if (text === 'ready') break;
      await engine.stopContainer(id, { timeoutS: 10 });
      expect(await engine.inspectContainer(id)).toMatchObject({ exitCode: 42 });
    });

    it('have no network where none is wanted', async () => {
      expect(await seen({ options: { networkMode: 'none' } }, 'ls /sys/class/net')).not.toContain('eth0');
    });

    it('write files for another owner', async () => {
      const files = [{ path: '/srv/app/key', content: 'k', mode: 0o400, uid: 1000, gid: 1001 }];
      expect(await seen({ files }, 'stat -c %u:%g:%a /srv/app/key')).toBe('1000:1001:400');
    });

    it('reset the entrypoint of an image, and refuse an image of another platform', async () => {
      const { engine, request } = fixture();
      expect(await seen({ entrypoint: [], command: ['sleep', '600'] }, 'tr "\\0" " " < /proc/1/cmdline')).toBe('sleep 600');
      const platform = 'linux/s390x';
      expect(await engine.imageExists(request().spec.image, { platform })).toBe(false);
      await expect(engine.createContainer(request({ options: { platform } }))).rejects.toMatchObject({ name: 'ClockerError' });
    });

    it('let memory swap as far as it is told', async () => {
      const { engine, running } = fixture();
      const id = await running({ memoryBytes: 32 * 2 ** 20, options: { memorySwapBytes: -1, memoryReservationBytes: 16 * 2 ** 20 } });
      await engine.updateLimits(id, { memoryBytes: 64 * 2 ** 20, cpus: null, memorySwapBytes: -1 });
      const script = 'cat /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null || cat /sys/fs/cgroup/memory.max';
      const { stdout } = await engine.exec(id, { argv: ['sh', '-c', script], timeoutMs: 10_000 });
      expect(Number(stdout)).toBe(64 * 2 ** 20);
    });
  });
}
