import { existsSync, readFileSync } from 'node:fs';

/** Milliseconds of CPU that everything on a lab host has used: its programs and its containers. `pid`: the host's init. */
export function readHostCpuMs(pid: number): number {
  const groups = readFileSync(`/proc/${pid}/cgroup`, 'utf8');
  const path = /^\d+:(?:cpu,)?cpuacct[^:]*:(.*)$/m.exec(groups)?.[1] ?? /^0::(.*)$/m.exec(groups)?.[1];
  const top = /^.*?[0-9a-f]{64}(?:\.scope)?/.exec(path ?? '')?.[0];
  if (!top) throw new Error(`no cgroup of a container in /proc/${pid}/cgroup:\n${groups}`);
  for (const folder of ['cpuacct', 'cpu,cpuacct']) {
    const file = `/sys/fs/cgroup/${folder}${top}/cpuacct.usage`;
    if (existsSync(file)) return Number(readFileSync(file, 'utf8')) / 1e6;
  }
  const usedUs = /^usage_usec (\d+)$/m.exec(readFileSync(`/sys/fs/cgroup${top}/cpu.stat`, 'utf8'))?.[1];
  return Number(usedUs) / 1e3;
}
