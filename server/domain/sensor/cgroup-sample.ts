import { countOf, parseGrepOutput, toCount } from './grep-output.ts';

/** Counters of one moment, as the sample script read them. */
export interface CgroupSample {
  /** Seconds since the host booted: the host's own steady clock. */
  readonly uptimeS: number;
  readonly host: HostCounters;
  /** By full container id. */
  readonly containers: ReadonlyMap<string, ContainerCounters>;
}

interface ContainerCounters {
  /** CPU time used so far in nanoseconds. */
  readonly cpuNs: number;
  /** Memory in use without the page cache that can be dropped at once, as `docker stats` counts it. */
  readonly memoryBytes: number;
}

export interface HostCounters {
  /** CPU time of the host's cgroup in nanoseconds; null where it has none. */
  readonly cpuNs: number | null;
  /** Busy and total ticks of /proc/stat, for machines without that cgroup file. */
  readonly ticks: { readonly busy: number; readonly total: number } | null;
  /** Memory in use by the host's own cgroup; null where it has none. */
  readonly cgroupMemoryBytes: number | null;
  readonly memTotalBytes: number | null;
  readonly memAvailableBytes: number | null;
  /** Mean number of runnable processes over a minute. */
  readonly load: number | null;
}

/** Reads the output of the sample script; null when it is not whole. Reads cgroup v1 and v2 alike. */
export function parseCgroupSample(output: string): CgroupSample | null {
  const files = parseGrepOutput(output);
  const uptimeS = Number.parseFloat(files.get('/proc/uptime')?.[0] ?? '');
  if (!Number.isFinite(uptimeS)) return null;
  const folders = new Map<string, Folder>();
  let host: Folder = {};
  for (const [path, lines] of files) {
    if (path.startsWith('/')) continue;
    const id = containerIdIn(path);
    if (id === null) host = { ...host, ...readFile(path, lines) };
    else folders.set(id, { ...folders.get(id), ...readFile(path, lines) });
  }
  const containers = new Map<string, ContainerCounters>();
  for (const [id, folder] of folders) {
    if (folder.cpuNs === undefined || folder.usageBytes === undefined) continue;
    containers.set(id, { cpuNs: folder.cpuNs, memoryBytes: inUse(folder.usageBytes, folder.inactiveBytes) });
  }
  return { uptimeS, containers, host: hostCounters(host, files) };
}

interface Folder {
  readonly cpuNs?: number;
  readonly usageBytes?: number;
  readonly inactiveBytes?: number;
}

function readFile(path: string, lines: readonly string[]): Folder {
  const file = path.slice(path.lastIndexOf('/') + 1);
  const first = toCount(lines[0]);
  switch (file) {
    case 'cpuacct.usage':
      return first === null ? {} : { cpuNs: first };
    case 'cpu.stat': {
      const microseconds = countOf(lines, 'usage_usec ');
      return microseconds === null ? {} : { cpuNs: microseconds * 1000 };
    }
    case 'memory.usage_in_bytes':
    case 'memory.current':
      return first === null ? {} : { usageBytes: first };
    case 'memory.stat': {
      const inactive = countOf(lines, 'total_inactive_file ') ?? countOf(lines, 'inactive_file ');
      return inactive === null ? {} : { inactiveBytes: inactive };
    }
    default:
      return {};
  }
}

/** The last full id in a path: a host that is itself a container may show its own before it. */
function containerIdIn(path: string): string | null {
  return path.match(/[0-9a-f]{64}/g)?.at(-1) ?? null;
}

function inUse(usage: number, inactive: number | undefined): number {
  return Math.max(0, usage - (inactive ?? 0));
}

function hostCounters(folder: Folder, files: ReadonlyMap<string, readonly string[]>): HostCounters {
  const meminfo = files.get('/proc/meminfo');
  const total = countOf(meminfo, 'MemTotal:');
  const available = countOf(meminfo, 'MemAvailable:');
  const load = Number.parseFloat(files.get('/proc/loadavg')?.[0] ?? '');
  return {
    cpuNs: folder.cpuNs ?? null,
    ticks: ticksOf(files.get('/proc/stat')?.find((line) => line.startsWith('cpu '))),
    cgroupMemoryBytes: folder.usageBytes === undefined ? null : inUse(folder.usageBytes, folder.inactiveBytes),
    memTotalBytes: total === null ? null : total * 1024,
    memAvailableBytes: available === null ? null : available * 1024,
    load: Number.isFinite(load) ? load : null,
  };
}

/** `cpu  user nice system idle iowait irq softirq steal …` of proc(5). */
function ticksOf(line: string | undefined): { readonly busy: number; readonly total: number } | null {
  if (line === undefined) return null;
  const ticks = line.trim().split(/\s+/).slice(1, 9).map(Number);
  if (ticks.length < 4 || ticks.some((tick) => !Number.isFinite(tick))) return null;
  const total = ticks.reduce((sum, tick) => sum + tick, 0);
  return { busy: total - (ticks[3] ?? 0) - (ticks[4] ?? 0), total };
}
