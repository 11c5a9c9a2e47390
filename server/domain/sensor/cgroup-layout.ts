/**
 * Where the cgroup files of a container are, below /sys/fs/cgroup: `<cpu><container id><suffix>/<file>`.
 * cgroupfs driver: `docker/<id>`, systemd driver: `system.slice/docker-<id>.scope`.
 */
export interface CgroupLayout {
  readonly version: 1 | 2;
  /** What stands before the container's id in the path to its CPU files. */
  readonly cpu: string;
  /** The same for its memory files. */
  readonly memory: string;
  /** What stands behind the id. */
  readonly suffix: string;
}

export interface CgroupFileNames {
  readonly cpu: string;
  readonly memory: string;
  readonly memoryStat: string;
}

export const CGROUP_FILES: Readonly<Record<CgroupLayout['version'], CgroupFileNames>> = {
  1: { cpu: 'cpuacct.usage', memory: 'memory.usage_in_bytes', memoryStat: 'memory.stat' },
  2: { cpu: 'cpu.stat', memory: 'memory.current', memoryStat: 'memory.stat' },
};

/** A full container id: the only thing from a host that is put into paths. */
export function isContainerId(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

/** One layout for all containers that lie alike. */
export function layoutKey(layout: CgroupLayout): string {
  return [layout.version, layout.cpu, layout.memory, layout.suffix].join('|');
}

/**
 * Reads the output of the discovery script, a line `<version> <id> <memory folder> <cpu folder>` for each container found.
 * Containers whose folders do not lie alike in both hierarchies are left out.
 */
export function parseLayouts(output: string): ReadonlyMap<string, CgroupLayout> {
  const layouts = new Map<string, CgroupLayout>();
  for (const line of output.split('\n')) {
    const [version, id, memory, cpu] = line.split(' ');
    if (!id || !memory || !cpu || !isContainerId(id) || !isSafePath(memory) || !isSafePath(cpu)) continue;
    const atMemory = memory.lastIndexOf(id);
    const atCpu = cpu.lastIndexOf(id);
    const suffix = memory.slice(atMemory + id.length);
    if (atMemory < 0 || atCpu < 0 || cpu.slice(atCpu + id.length) !== suffix) continue;
    layouts.set(id, { version: version === '2' ? 2 : 1, cpu: cpu.slice(0, atCpu), memory: memory.slice(0, atMemory), suffix });
  }
  return layouts;
}

function isSafePath(path: string): boolean {
  return /^[A-Za-z0-9_.,@:/\\-]{1,512}$/.test(path) && !path.includes('..') && !path.startsWith('/');
}
