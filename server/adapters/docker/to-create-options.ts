import { posix } from 'node:path';
import type { ContainerCreateOptions, MountSettings } from 'dockerode';
import type { ContainerSpec } from '../../domain/entity/container-spec.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { CreateContainer } from '../../ports/docker-engine.ts';

const NANO_CPUS = 1e9;
const NS_PER_MS = 1e6;
/** Bounds what a container's output takes on the host. */
const LOG_CONFIG = { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } } as const;

/** A spec in the Engine API's terms. Errors: input.invalid (a port or a volume without its counterpart on the host). */
export function toCreateOptions(request: CreateContainer): ContainerCreateOptions {
  const { spec } = request;
  return {
    name: request.name,
    Image: spec.image,
    ...(spec.entrypoint ? { Entrypoint: [...spec.entrypoint] } : {}),
    ...(spec.command ? { Cmd: [...spec.command] } : {}),
    ...(spec.hostname ? { Hostname: spec.hostname } : {}),
    ...(spec.user ? { User: spec.user } : {}),
    Env: toEnv(spec.env),
    Labels: { ...spec.labels, ...request.labels },
    ExposedPorts: Object.fromEntries(spec.ports.map((port) => [`${port.container}/${port.protocol}`, {}])),
    StopTimeout: spec.stopTimeoutS,
    ...(spec.healthcheck ? { Healthcheck: toHealthcheck(spec.healthcheck) } : {}),
    HostConfig: {
      PortBindings: toPortBindings(request),
      Mounts: toMounts(request),
      ...toLimits(spec),
      ReadonlyRootfs: spec.readOnly,
      // Controllers heal: an engine that restarts containers by itself would act behind their back.
      RestartPolicy: { Name: 'no' },
      Init: false,
      LogConfig: { Type: LOG_CONFIG.Type, Config: { ...LOG_CONFIG.Config } },
    },
  };
}

/** Swap is limited with memory: a hard limit that swaps twice its size is none. */
export function toLimits(limits: Pick<ContainerSpec, 'memoryBytes' | 'cpus'>): { Memory?: number; MemorySwap?: number; NanoCpus?: number } {
  return {
    ...(limits.memoryBytes === null ? {} : { Memory: limits.memoryBytes, MemorySwap: limits.memoryBytes }),
    ...(limits.cpus === null ? {} : { NanoCpus: Math.round(limits.cpus * NANO_CPUS) }),
  };
}

export function toEnv(env: Readonly<Record<string, string>>): string[] {
  return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}

function toHealthcheck(check: NonNullable<ContainerSpec['healthcheck']>): NonNullable<ContainerCreateOptions['Healthcheck']> {
  return {
    Test: [...check.test],
    Interval: check.intervalMs * NS_PER_MS,
    Timeout: check.timeoutMs * NS_PER_MS,
    Retries: check.retries,
    StartPeriod: check.startPeriodMs * NS_PER_MS,
  };
}

function toPortBindings({ name, spec, ports }: CreateContainer): Record<string, { HostPort: string }[]> {
  const bindings: Record<string, { HostPort: string }[]> = {};
  for (const port of ports) {
    const key = `${port.container}/${port.protocol}`;
    bindings[key] = [...(bindings[key] ?? []), { HostPort: String(port.host) }];
  }
  const missing = spec.ports.find((port) => !bindings[`${port.container}/${port.protocol}`]);
  if (missing) {
    throw new ClockerError('input.invalid', {
      message: `No host port was leased for port ${missing.container}/${missing.protocol} of ${name}`,
    });
  }
  return bindings;
}

function toMounts({ name, spec, volumeNames }: CreateContainer): MountSettings[] {
  const named = spec.volumes.map((volume): MountSettings => {
    const source = volumeNames[volume.name];
    if (!source) throw new ClockerError('input.invalid', { message: `Volume ${volume.name} of ${name} has no name on the host` });
    return { Type: 'volume', Source: source, Target: volume.path, ReadOnly: volume.readOnly };
  });
  if (!spec.readOnly) return named;
  return [...named, ...toFileMounts(spec)];
}

/**
 * Docker writes no file into a container whose file system is read-only, except into its volumes: the folder of each file becomes
 * an anonymous volume, which Docker fills with what the image has there and removes with the container.
 */
function toFileMounts(spec: ContainerSpec): MountSettings[] {
  const folders = new Set(spec.files.map((file) => posix.dirname(file.path)));
  const covered = (folder: string): boolean =>
    spec.volumes.some((volume) => !volume.readOnly && (folder === volume.path || folder.startsWith(`${volume.path}/`)));
  return [...folders]
    .filter((folder) => !covered(folder))
    .map((folder) => ({ Type: 'volume', Source: '', Target: folder, ReadOnly: false }));
}
