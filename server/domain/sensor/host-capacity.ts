import type { Underlay } from '../entity/host.ts';
import { isCidr } from '../network/addresses.ts';
import type { HostRoute } from '../network/subnet-conflicts.ts';
import { countOf, parseGrepOutput, toCount } from './grep-output.ts';

/** What the facts script tells of a host. Null where the host did not say. */
export interface HostReading {
  /** `PRETTY_NAME` of /etc/os-release. */
  readonly os: string | null;
  /** Limit of the cgroup that the host itself runs in; null is none. */
  readonly memoryLimitBytes: number | null;
  /** CPU quota of that cgroup, 1.5 is one and a half; null is none. */
  readonly cpuLimit: number | null;
  readonly memTotalBytes: number | null;
  /** The host's own clock, whole seconds since the epoch. */
  readonly clockS: number | null;
  readonly underlay: Underlay | null;
  /** By range. */
  readonly routes: readonly HostRoute[];
  /** Commands that networks across hosts need and it has not. */
  readonly lacks: readonly string[];
}

/** Reads the output of the facts script: cgroup v1 or v2 limits, /proc/meminfo, os-release. Paths are relative to /sys/fs/cgroup. */
export function parseHostReading(output: string): HostReading {
  const files = parseGrepOutput(output);
  const memTotalKiB = countOf(files.get('/proc/meminfo'), 'MemTotal:');
  return {
    os: prettyName(files.get('/etc/os-release')),
    memoryLimitBytes: memoryLimit(files),
    cpuLimit: cpuLimit(files),
    memTotalBytes: memTotalKiB === null ? null : memTotalKiB * 1024,
    clockS: toCount(files.get('clock')?.[0]),
    underlay: toUnderlay(files.get('underlay')?.[0]),
    routes: toRoutes(files.get('route') ?? []),
    lacks: (files.get('lacks') ?? []).filter((name) => /^[a-z]{1,20}$/.test(name)),
  };
}

export interface HostCapacity {
  /** CPUs this host may use, above 0. */
  readonly cpus: number;
  readonly memoryBytes: number;
}

/**
 * What a host may really use: the smaller of what the engine sees and the host's own cgroup limits. Inside a container, /proc
 * and `docker info` show the machine below, so the limit counts.
 */
export function resolveHostCapacity(
  engine: { readonly cpus: number; readonly memoryBytes: number },
  reading: Pick<HostReading, 'cpuLimit' | 'memoryLimitBytes' | 'memTotalBytes'>,
): HostCapacity {
  const memory = [engine.memoryBytes, reading.memTotalBytes ?? 0, reading.memoryLimitBytes ?? 0].filter((bytes) => bytes > 0);
  const cpus = [engine.cpus, reading.cpuLimit ?? 0].filter((count) => count > 0);
  return {
    cpus: cpus.length === 0 ? 1 : Math.min(...cpus),
    memoryBytes: memory.length === 0 ? 0 : Math.min(...memory),
  };
}

/** cgroup v1 writes "no limit" as the largest page-aligned number below 2^63; anything near it is none. */
const NO_LIMIT_BYTES = 2 ** 60;

function memoryLimit(files: ReadonlyMap<string, readonly string[]>): number | null {
  const limits = [
    toCount(files.get('memory.max')?.[0]),
    toCount(files.get('memory/memory.limit_in_bytes')?.[0]),
    countOf(files.get('memory/memory.stat'), 'hierarchical_memory_limit '),
  ].filter((limit): limit is number => limit !== null && limit > 0 && limit < NO_LIMIT_BYTES);
  return limits.length === 0 ? null : Math.min(...limits);
}

function cpuLimit(files: ReadonlyMap<string, readonly string[]>): number | null {
  const [quota2, period2] = (files.get('cpu.max')?.[0] ?? '').split(' ');
  const v2 = ratio(toCount(quota2), toCount(period2));
  if (v2 !== null) return v2;
  for (const folder of ['cpu', 'cpu,cpuacct']) {
    const v1 = ratio(toCount(files.get(`${folder}/cpu.cfs_quota_us`)?.[0]), toCount(files.get(`${folder}/cpu.cfs_period_us`)?.[0]));
    if (v1 !== null) return v1;
  }
  return null;
}

function ratio(quota: number | null, period: number | null): number | null {
  return quota !== null && period !== null && quota > 0 && period > 0 ? quota / period : null;
}

function prettyName(lines: readonly string[] | undefined): string | null {
  const line = lines?.find((candidate) => candidate.startsWith('PRETTY_NAME='));
  const name = line
    ?.slice('PRETTY_NAME='.length)
    .replace(/^["']|["']$/g, '')
    .slice(0, 120);
  return name || null;
}

const MOST_ROUTES = 64;

/** Lines of `ip route`: `10.1.0.0/16 via 10.0.0.1 dev eth0 …`. Bridges and links that Clocker has made are told by its records. */
function toRoutes(lines: readonly string[]): readonly HostRoute[] {
  const routes = lines.flatMap((line): readonly HostRoute[] => {
    const [, destination = '', gateway, device = ''] = /^([\d./]+) (via [\d.]+ )?(?:.* )?dev ([\w.@:-]{1,15})(?: |$)/.exec(line) ?? [];
    const cidr = destination.includes('/') ? destination : `${destination}/32`;
    if (!isCidr(cidr) || /^ck[a-z]/.test(device)) return [];
    return [{ cidr, device, ...(gateway === undefined ? {} : { isRemote: true as const }) }];
  });
  return routes.sort((a, b) => a.cidr.localeCompare(b.cidr) || a.device.localeCompare(b.device)).slice(0, MOST_ROUTES);
}

/** `address device MTU` */
function toUnderlay(line: string | undefined): Underlay | null {
  const [, address, device, mtu] = /^(\d+(?:\.\d+){3}) ([\w.@:-]{1,15}) (\d+)$/.exec(line ?? '') ?? [];
  return address === undefined || device === undefined ? null : { address, device, mtu: Number(mtu) };
}
