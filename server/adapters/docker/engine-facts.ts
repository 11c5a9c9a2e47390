import { z } from 'zod';
import type { CallOptions, EngineFacts } from '../../ports/docker-engine.ts';
import { DEADLINE_MS } from './deadlines.ts';
import type { EngineParts } from './engine-parts.ts';

const infoSchema = z.object({
  ServerVersion: z.string(),
  OperatingSystem: z.string(),
  KernelVersion: z.string(),
  Architecture: z.string(),
  Driver: z.string(),
  /** Engines before 20.10 know one version only and do not tell it. */
  CgroupVersion: z.string().default('1'),
  NCPU: z.number(),
  MemTotal: z.number(),
  LiveRestoreEnabled: z.boolean().default(false),
  ContainersRunning: z.number(),
});

export async function engineFacts({ calls }: EngineParts, options?: CallOptions): Promise<EngineFacts> {
  const answer = await calls.call({
    what: 'facts',
    deadlineMs: DEADLINE_MS.facts,
    options,
    perform: (docker, abortSignal) => docker.info({ abortSignal }),
  });
  const info = infoSchema.parse(answer);
  return {
    version: info.ServerVersion,
    os: info.OperatingSystem,
    kernel: info.KernelVersion,
    architecture: info.Architecture,
    storageDriver: info.Driver,
    cgroupVersion: info.CgroupVersion,
    cpus: info.NCPU,
    memoryBytes: info.MemTotal,
    liveRestore: info.LiveRestoreEnabled,
    containersRunning: info.ContainersRunning,
  };
}
