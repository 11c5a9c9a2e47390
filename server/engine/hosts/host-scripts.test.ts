import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CGROUP_FILES, type CgroupLayout, parseLayouts } from '../../domain/sensor/cgroup-layout.ts';
import { parseCgroupSample } from '../../domain/sensor/cgroup-sample.ts';
import { parseHostReading, resolveHostCapacity } from '../../domain/sensor/host-capacity.ts';
import { usageBetween } from '../../domain/sensor/usage-between.ts';
import { DISCOVER_SCRIPT, FACTS_SCRIPT, HOST_FILES, SAMPLE_SCRIPT } from './host-scripts.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const ENGINE = { cpus: 2, memoryBytes: 24_000_000_000 };
const SHELLS = [['sh'], ['bash', '--norc'], ['busybox', 'sh']].filter(
  ([program = '']) => existsSync(`/usr/bin/${program}`) || existsSync(`/bin/${program}`),
);
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** As a host of the lab shows it: systemd, cgroupfs driver, 4 GiB, half a CPU. */
const V1 = {
  'memory/memory.limit_in_bytes': '4294967296',
  'memory/memory.usage_in_bytes': '60018688',
  'memory/memory.stat':
    'cache 8192\ninactive_file 0\nhierarchical_memory_limit 4294967296\ntotal_inactive_file 2326528\ntotal_unevictable 0',
  'cpu/cpu.cfs_quota_us': '50000',
  'cpu/cpu.cfs_period_us': '100000',
  'cpuacct/cpuacct.usage': '5444791999',
  [`memory/docker/${A}/memory.usage_in_bytes`]: '20480000',
  [`memory/docker/${A}/memory.stat`]: 'cache 0\ninactive_file 1000\nhierarchical_memory_limit 4294967296\ntotal_inactive_file 480000',
  [`cpuacct/docker/${A}/cpuacct.usage`]: '3455569419',
  [`memory/other/${B}/memory.usage_in_bytes`]: '1000',
  [`memory/other/${B}/memory.stat`]: 'total_inactive_file 5000',
  [`cpuacct/other/${B}/cpuacct.usage`]: '1',
};

/** As Debian 12 on its own machine shows it: systemd driver, no limit, no memory.current at the root. */
const V2 = {
  'cgroup.controllers': 'cpuset cpu io memory hugetlb pids rdma misc',
  'cpu.stat': 'usage_usec 88000000\nuser_usec 60000000\nsystem_usec 28000000',
  'memory.stat': 'anon 1\nfile 2\ninactive_file 3',
  [`system.slice/docker-${A}.scope/cpu.stat`]: 'usage_usec 3455569\nuser_usec 1\nsystem_usec 2\nnr_periods 0',
  [`system.slice/docker-${A}.scope/memory.current`]: '20480000',
  [`system.slice/docker-${A}.scope/memory.stat`]: 'anon 1\nfile 2\ninactive_anon 7\nactive_anon 8\ninactive_file 480000\nactive_file 9',
};

/** As a container with its own cgroup namespace shows it. */
const V2_LIMITED = {
  ...V2,
  'memory.max': '2147483648',
  'memory.current': '1000000',
  'memory.stat': 'anon 1\ninactive_file 400000',
  'cpu.max': '150000 100000',
};

describe.each(SHELLS)('host scripts in %s', (...shell) => {
  it('reads limits of cgroup v1', () => {
    const reading = parseHostReading(run(shell, FACTS_SCRIPT, tree(V1)));
    expect(reading).toMatchObject({ memoryLimitBytes: 4_294_967_296, cpuLimit: 0.5, os: expect.any(String) });
    expect(Math.abs(Number(reading.clockS) - Date.now() / 1_000)).toBeLessThan(5);
    expect(resolveHostCapacity(ENGINE, reading)).toEqual({ cpus: 0.5, memoryBytes: 4_294_967_296 });
  });

  it('reads limits of cgroup v2, and none where there are none', () => {
    const reading = parseHostReading(run(shell, FACTS_SCRIPT, tree(V2_LIMITED)));
    expect(resolveHostCapacity(ENGINE, reading)).toEqual({ cpus: 1.5, memoryBytes: 2_147_483_648 });
    const none = parseHostReading(run(shell, FACTS_SCRIPT, tree({ ...V2, 'cpu.max': 'max 100000', 'memory.max': 'max' })));
    expect(none).toMatchObject({ memoryLimitBytes: null, cpuLimit: null });
    const unlimited = {
      'memory/memory.limit_in_bytes': '9223372036854771712',
      'cpu/cpu.cfs_quota_us': '-1',
      'cpu/cpu.cfs_period_us': '100000',
    };
    expect(parseHostReading(run(shell, FACTS_SCRIPT, tree(unlimited)))).toMatchObject({ memoryLimitBytes: null, cpuLimit: null });
  });

  it('finds containers where cgroup v1 has them, in usual places and others', () => {
    const layouts = parseLayouts(run(shell, DISCOVER_SCRIPT, tree(V1), { CK_IDS: `${A} ${B} ${'c'.repeat(64)}` }));
    expect([...layouts]).toEqual([
      [A, { version: 1, cpu: 'cpuacct/docker/', memory: 'memory/docker/', suffix: '' }],
      [B, { version: 1, cpu: 'cpuacct/other/', memory: 'memory/other/', suffix: '' }],
    ]);
  });

  it('finds containers of the systemd driver on cgroup v2', () => {
    const layouts = parseLayouts(run(shell, DISCOVER_SCRIPT, tree(V2), { CK_IDS: A }));
    expect(layouts.get(A)).toEqual({ version: 2, cpu: './system.slice/docker-', memory: './system.slice/docker-', suffix: '.scope' });
  });

  it('samples host and containers on cgroup v1', () => {
    const sample = sampled(shell, V1, { version: 1, cpu: 'cpuacct/docker/', memory: 'memory/docker/', suffix: '' });
    expect(sample?.containers).toEqual(new Map([[A, { cpuNs: 3_455_569_419, memoryBytes: 20_000_000 }]]));
    expect(sample?.host).toMatchObject({ cpuNs: 5_444_791_999, cgroupMemoryBytes: 57_692_160, load: expect.any(Number) });
  });

  it('samples host and containers on cgroup v2', () => {
    const layout: CgroupLayout = { version: 2, cpu: './system.slice/docker-', memory: './system.slice/docker-', suffix: '.scope' };
    const sample = sampled(shell, V2, layout);
    expect(sample?.containers).toEqual(new Map([[A, { cpuNs: 3_455_569_000, memoryBytes: 20_000_000 }]]));
    expect(sample?.host).toMatchObject({ cpuNs: 88_000_000_000, cgroupMemoryBytes: null, memTotalBytes: expect.any(Number) });
    expect(sampled(shell, V2_LIMITED, layout)?.host).toMatchObject({ cgroupMemoryBytes: 600_000 });
  });

  it('samples 200 containers in one go', () => {
    const ids = Array.from({ length: 200 }, (_, n) => n.toString(16).padStart(64, '0'));
    const files = Object.fromEntries(
      ids.flatMap((id) => [
        [`docker/${id}/cpu.stat`, 'usage_usec 5'],
        [`docker/${id}/memory.current`, '4096'],
        [`docker/${id}/memory.stat`, 'inactive_file 96'],
      ]),
    );
    const layout: CgroupLayout = { version: 2, cpu: 'docker/', memory: 'docker/', suffix: '' };
    expect(sampled(shell, files, layout, ids)?.containers.size).toBe(200);
  });

  it('passes over containers that are gone', () => {
    const layout: CgroupLayout = { version: 1, cpu: 'cpuacct/docker/', memory: 'memory/docker/', suffix: '' };
    expect([...(sampled(shell, V1, layout, [B, A])?.containers.keys() ?? [])]).toEqual([A]);
  });
});

describe('usage', () => {
  const at = (uptimeS: number, cpuNs: number, memoryBytes = 1) => ({
    uptimeS,
    containers: new Map([[A, { cpuNs, memoryBytes }]]),
    host: { cpuNs: cpuNs * 2, ticks: null, cgroupMemoryBytes: 7, memTotalBytes: 100, memAvailableBytes: 40, load: 1 },
  });

  it('counts a full core of a container as 1 and a machine as a part of what it may use', () => {
    const usage = usageBetween(at(10, 0), at(11, 1e9), { cpus: 4, memoryBytes: 50 });
    expect(usage?.containers.get(A)).toEqual({ cpu: 1, memoryBytes: 1 });
    expect(usage?.host).toEqual({ cpu: 0.5, memoryUsedBytes: 7, load: 1 });
  });

  it('takes what is not available as used where the host has no limit of its own', () => {
    expect(usageBetween(at(10, 0), at(11, 1), { cpus: 4, memoryBytes: 100 })?.host.memoryUsedBytes).toBe(60);
  });

  it('tells nothing over a reboot, and nothing of a container that was restarted', () => {
    expect(usageBetween(at(10, 0), at(3, 5), { cpus: 1, memoryBytes: 1 })).toBeNull();
    expect(usageBetween(at(10, 9), at(11, 5), { cpus: 1, memoryBytes: 1 })?.containers.size).toBe(0);
  });
});

describe('what a host answers', () => {
  it('is never trusted to be what was asked for', () => {
    expect(parseCgroupSample('')).toBeNull();
    expect(parseCgroupSample('sh: grep: not found')).toBeNull();
    expect(parseLayouts(`1 ${A} memory/../../etc/${A} cpuacct/${A}\n1 ${A} /etc/${A} /etc/${A}\n1 ${A} m$(id)/${A} c/${A}`).size).toBe(0);
    const odd = parseCgroupSample(
      `/proc/uptime:5.0 1\nmemory/docker/${A}/memory.usage_in_bytes:-4\ncpuacct/docker/${A}/cpuacct.usage:9e99`,
    );
    expect(odd?.containers.size).toBe(0);
  });
});

function sampled(shell: readonly string[], files: Readonly<Record<string, string>>, layout: CgroupLayout, ids: readonly string[] = [A]) {
  const names = CGROUP_FILES[layout.version];
  const env = { CK_HOST: HOST_FILES, CK_CPU_FILE: names.cpu, CK_MEMORY_FILE: names.memory, CK_IDS: ids.join(' ') };
  const where = { CK_CPU: layout.cpu, CK_MEMORY: layout.memory, CK_SUFFIX: layout.suffix };
  return parseCgroupSample(run(shell, SAMPLE_SCRIPT, tree(files), { ...env, ...where }));
}

function tree(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'clocker-cgroup-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), `${content}\n`);
  }
  return folder;
}

function run(
  [program = 'sh', ...args]: readonly string[],
  script: string,
  root: string,
  env: Readonly<Record<string, string>> = {},
): string {
  const text = script.replaceAll('/sys/fs/cgroup', root);
  return spawnSync(program, [...args, '-c', text], { encoding: 'utf8', env: { ...process.env, ...env } }).stdout;
}

it('reads the ranges that a host has routes to, without what Clocker has made there', () => {
  const lines = [
    '10.1.0.0/16 via 10.0.0.1 dev eth0 proto static metric 100',
    '10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.5',
    '10.0.0.9 dev veth1 scope link',
    '172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1 linkdown',
    '10.208.0.0/24 dev ckb1ekf proto kernel scope link src 10.208.0.254',
    '10.2.0.0/16 nonsense',
  ];
  expect(parseHostReading(lines.map((line) => `route:${line}\n`).join('')).routes).toEqual([
    { cidr: '10.0.0.0/24', device: 'eth0' },
    { cidr: '10.0.0.9/32', device: 'veth1' },
    { cidr: '10.1.0.0/16', device: 'eth0', isRemote: true },
    { cidr: '172.17.0.0/16', device: 'docker0' },
  ]);
});
