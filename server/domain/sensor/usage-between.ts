import type { CgroupSample, HostCounters } from './cgroup-sample.ts';
import type { HostCapacity } from './host-capacity.ts';

/** Sensors of the sampler. CPU of a container is a ratio of one CPU (1 is one full core), of a machine 0 to 1. */
export const USAGE_SENSOR = {
  containerCpu: 'docker.container.cpu',
  containerMemory: 'docker.container.memory',
  machineCpu: 'machine.cpu',
  machineMemoryUsed: 'machine.memory.used',
  machineLoad: 'machine.loadAverage',
} as const;

interface ContainerUsage {
  /** 1 is one full core. 0 or more. */
  readonly cpu: number;
  readonly memoryBytes: number;
}

interface HostUsage {
  /** 0 to 1 of what the host may use; null when unknown. */
  readonly cpu: number | null;
  readonly memoryUsedBytes: number | null;
  readonly load: number | null;
}

export interface Usage {
  readonly host: HostUsage;
  /** By full container id: those that are in both samples and were not restarted in between. */
  readonly containers: ReadonlyMap<string, ContainerUsage>;
}

/** Rates between two samples of one host; null when the host was booted in between or no time passed. */
export function usageBetween(before: CgroupSample, after: CgroupSample, capacity: HostCapacity): Usage | null {
  const seconds = after.uptimeS - before.uptimeS;
  if (seconds <= 0) return null;
  const containers = new Map<string, ContainerUsage>();
  for (const [id, now] of after.containers) {
    const then = before.containers.get(id);
    if (!then || now.cpuNs < then.cpuNs) continue;
    containers.set(id, { cpu: (now.cpuNs - then.cpuNs) / 1e9 / seconds, memoryBytes: now.memoryBytes });
  }
  return {
    containers,
    host: {
      cpu: hostCpu(before.host, after.host, seconds * capacity.cpus),
      memoryUsedBytes: hostMemory(after.host, capacity),
      load: after.host.load,
    },
  };
}

function hostCpu(before: HostCounters, after: HostCounters, cpuSeconds: number): number | null {
  if (before.cpuNs !== null && after.cpuNs !== null) return clamp((after.cpuNs - before.cpuNs) / 1e9 / cpuSeconds);
  if (before.ticks === null || after.ticks === null) return null;
  const total = after.ticks.total - before.ticks.total;
  return total <= 0 ? null : clamp((after.ticks.busy - before.ticks.busy) / total);
}

/** A host with a limit of its own uses what its cgroup holds; a whole machine what /proc/meminfo says is not available. */
function hostMemory(host: HostCounters, capacity: HostCapacity): number | null {
  const limited = host.memTotalBytes !== null && capacity.memoryBytes < host.memTotalBytes;
  if (limited && host.cgroupMemoryBytes !== null) return host.cgroupMemoryBytes;
  if (host.memTotalBytes === null || host.memAvailableBytes === null) return host.cgroupMemoryBytes;
  return Math.max(0, host.memTotalBytes - host.memAvailableBytes);
}

function clamp(ratio: number): number {
  return Math.min(1, Math.max(0, ratio));
}
