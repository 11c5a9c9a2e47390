import { posix } from 'node:path';
import type { ContainerCreateOptions, EndpointsConfig, MountSettings } from 'dockerode';
import type { ContainerSpec, HostFolder, NetworkAttachment } from '../../domain/entity/container-spec.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { CreateContainer } from '../../ports/docker-engine.ts';
import { toContainerOptions, toHostOptions } from './to-host-options.ts';

const NANO_CPUS = 1e9;
const NS_PER_MS = 1e6;

/** A spec in the Engine API's terms. Errors: input.invalid (a port, a volume or a network without its counterpart on the host). */
export function toCreateOptions(request: CreateContainer): ContainerCreateOptions {
  const { spec } = request;
  return {
    name: request.name,
    Image: spec.image,
    // One empty word resets it to none.
    ...(spec.entrypoint ? { Entrypoint: spec.entrypoint.length === 0 ? [''] : [...spec.entrypoint] } : {}),
    ...(spec.command ? { Cmd: [...spec.command] } : {}),
    ...(spec.hostname ? { Hostname: spec.hostname } : {}),
    ...(spec.user ? { User: spec.user } : {}),
    Env: toEnv(spec.env),
    Labels: { ...spec.labels, ...request.labels },
    ...toContainerOptions(spec),
    StopTimeout: spec.stopTimeoutS,
    ...toNetworking(request),
    ...(spec.healthcheck ? { Healthcheck: toHealthcheck(spec.healthcheck) } : {}),
    HostConfig: {
      PortBindings: toPortBindings(request),
      Mounts: toMounts(request),
      ...toLimits({ ...spec, memorySwapBytes: spec.options?.memorySwapBytes }),
      ReadonlyRootfs: spec.readOnly,
      // Controllers heal: an engine that restarts containers by itself would act behind their back.
      RestartPolicy: { Name: 'no' },
      ...toHostOptions(spec.options ?? {}),
      ...toNetworkMode(request),
    },
  };
}

export interface Limits {
  readonly memoryBytes: number | null;
  readonly cpus: number | null;
  readonly memorySwapBytes?: number | undefined;
}

/** Swap is limited with memory, unless told otherwise: a hard limit that swaps twice its size is none. */
export function toLimits({ memoryBytes, cpus, memorySwapBytes }: Limits): { Memory?: number; MemorySwap?: number; NanoCpus?: number } {
  return {
    ...(memoryBytes === null ? {} : { Memory: memoryBytes, MemorySwap: memorySwapBytes ?? memoryBytes }),
    ...(cpus === null ? {} : { NanoCpus: Math.round(cpus * NANO_CPUS) }),
  };
}

/** Engines before 25 take one network when they make a container; the others are joined before it starts. */
function toNetworking(request: CreateContainer): Pick<ContainerCreateOptions, 'NetworkingConfig'> {
  const [first] = request.spec.networks ?? [];
  if (!first) return {};
  const endpoints: EndpointsConfig = { [networkNameOf(request, first)]: toEndpoint(first) };
  return { NetworkingConfig: { EndpointsConfig: endpoints }, ...(first.macAddress ? { MacAddress: first.macAddress } : {}) };
}

function toNetworkMode(request: CreateContainer): { NetworkMode?: string } {
  const [first] = request.spec.networks ?? [];
  if (first) return { NetworkMode: networkNameOf(request, first) };
  return request.spec.options?.networkMode ? { NetworkMode: request.spec.options.networkMode } : {};
}

/** Name on the host of a network that the container joins. */
export function networkNameOf({ name, networkNames }: CreateContainer, network: NetworkAttachment): string {
  const found = networkNames[network.name];
  if (found) return found;
  throw new ClockerError('input.invalid', { message: `Network ${network.name} of ${name} has no name on the host` });
}

export function toEndpoint({ aliases, address, macAddress }: NetworkAttachment): EndpointsConfig[string] {
  const endpoint = {
    Aliases: [...aliases],
    ...(address === undefined ? {} : { IPAMConfig: { IPv4Address: address } }),
    ...(macAddress === undefined ? {} : { MacAddress: macAddress }),
  };
  return endpoint as EndpointsConfig[string];
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
    ...(check.startIntervalMs === undefined ? {} : { StartInterval: check.startIntervalMs * NS_PER_MS }),
  };
}

interface HostBinding {
  HostPort: string;
  HostIp?: string;
}

function toPortBindings({ name, spec, ports }: CreateContainer): Record<string, HostBinding[]> {
  const bindings: Record<string, HostBinding[]> = {};
  for (const port of ports) {
    const key = `${port.container}/${port.protocol}`;
    const binding = { HostPort: String(port.host), ...(port.address === undefined ? {} : { HostIp: port.address }) };
    bindings[key] = [...(bindings[key] ?? []), binding];
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
    const mount: MountSettings = { Type: 'volume', Source: source, Target: volume.path, ReadOnly: volume.readOnly };
    return volume.noCopy ? ({ ...mount, VolumeOptions: { NoCopy: true } } as MountSettings) : mount;
  });
  const anonymous = (spec.options?.anonymousVolumes ?? []).map(toAnonymousMount);
  const folders = (spec.options?.hostFolders ?? []).map(toFolderMount);
  return [...named, ...folders, ...anonymous, ...(spec.readOnly ? toFileMounts(spec) : [])];
}

/** A bind of the Engine API: what is not there is refused by the engine, never made as an empty folder. */
function toFolderMount({ source, path, readOnly }: HostFolder): MountSettings {
  return { Type: 'bind', Source: source, Target: path, ReadOnly: readOnly };
}

function toAnonymousMount(path: string): MountSettings {
  return { Type: 'volume', Source: '', Target: path, ReadOnly: false };
}

/**
 * Docker writes no file into a container whose file system is read-only, except into its volumes: the folder of each file becomes
 * an anonymous volume, which Docker fills with what the image has there and removes with the container.
 */
function toFileMounts(spec: ContainerSpec): MountSettings[] {
  const folders = new Set(spec.files.map((file) => posix.dirname(file.path)));
  const writable = [
    ...spec.volumes.filter((volume) => !volume.readOnly).map((volume) => volume.path),
    ...(spec.options?.anonymousVolumes ?? []),
  ];
  const covered = (folder: string): boolean => writable.some((path) => folder === path || folder.startsWith(`${path}/`));
  return [...folders].filter((folder) => !covered(folder)).map(toAnonymousMount);
}
