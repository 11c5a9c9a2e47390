import type { CallOptions, DockerEngine } from '../../ports/docker-engine.ts';
import { DEADLINE_MS } from './deadlines.ts';
import { engineFacts } from './engine-facts.ts';
import type { EngineParts } from './engine-parts.ts';
import { toObjectName } from './object-name.ts';
import { toLimits } from './to-create-options.ts';

interface Update {
  readonly id: string;
  readonly limits: Parameters<DockerEngine['updateLimits']>[1];
  readonly options: CallOptions | undefined;
}

/** Changes limits of a container in place. */
export async function updateLimits(parts: EngineParts, { id, limits, options }: Update): Promise<void> {
  const name = toObjectName(id);
  const noLimit = await toNoLimit(parts, limits, options);
  await parts.calls.call<unknown>({
    what: `change of the limits of ${id}`,
    deadlineMs: DEADLINE_MS.update,
    options,
    perform: (docker, abortSignal) => docker.getContainer(name).update({ ...toLimits(limits), ...noLimit, abortSignal }),
  });
}

/** In an update, nought means "as it was". No CPU limit is a quota of -1; no memory limit has no word, so all that the host has stands for it. */
async function toNoLimit(
  parts: EngineParts,
  limits: Update['limits'],
  options: CallOptions | undefined,
): Promise<{ CpuQuota?: number; Memory?: number; MemorySwap?: number }> {
  const cpu = limits.cpus === null ? { CpuQuota: -1 } : {};
  if (limits.memoryBytes !== null) return cpu;
  const { memoryBytes } = await engineFacts(parts, options);
  return { ...cpu, Memory: memoryBytes, MemorySwap: memoryBytes };
}
