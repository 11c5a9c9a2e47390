import type { ContainerInspectInfo, ImageInspectInfo } from 'dockerode';
import { z } from 'zod';
import type {
  AttachmentDescription,
  ContainerDescription,
  HealthcheckDescription,
  ImageDescription,
  MountDescription,
} from '../../domain/adoption/container-description.ts';
import type { PortBinding } from '../../domain/entity/instance.ts';
import { toContainerView } from './to-container-view.ts';

const NS_PER_MS = 1e6;
const NANO_CPUS = 1e9;
const PERIOD_US = 100_000;

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const number = z
  .number()
  .nullish()
  .transform((value) => value ?? 0);
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);
const texts = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? []);
const map = z
  .record(z.string(), z.string())
  .nullish()
  .transform((value) => value ?? {});
/** A text where there is one word, in old engines. */
const words = z
  .union([z.string().transform((word) => [word]), z.array(z.string())])
  .nullish()
  .transform((value) => value ?? []);
const bindings = z
  .record(z.string(), z.array(z.object({ HostIp: text, HostPort: text })).nullish())
  .nullish()
  .transform((value) => value ?? {});
const healthcheck = z
  .object({ Test: texts, Interval: number, Timeout: number, StartPeriod: number, StartInterval: number, Retries: number })
  .nullish();

/** What of Docker's own answer is read; engines leave out, or give null, what was not asked for. */
const inspected = z.object({
  Config: z.object({
    ...{ Image: text, Hostname: text, Domainname: text, User: text, WorkingDir: text, StopSignal: text, Tty: flag, OpenStdin: flag },
    ...{ Env: texts, Cmd: words, Entrypoint: words, StopTimeout: z.number().nullish(), Healthcheck: healthcheck },
  }),
  HostConfig: z.object({
    ...{ NetworkMode: text, PidMode: text, IpcMode: text, UTSMode: text, UsernsMode: text, CgroupnsMode: text, CgroupParent: text },
    ...{ Runtime: text, AutoRemove: flag, Privileged: flag, ReadonlyRootfs: flag, Init: flag, CpusetCpus: text },
    ...{ Memory: number, MemorySwap: number, MemoryReservation: number, NanoCpus: number, CpuQuota: number, CpuPeriod: number },
    ...{ CpuShares: number, PidsLimit: number, ShmSize: number, OomScoreAdj: number },
    ...{ CapAdd: texts, CapDrop: texts, SecurityOpt: texts, ExtraHosts: texts, Dns: texts, DnsSearch: texts, DnsOptions: texts },
    ...{ GroupAdd: texts, Links: texts, Sysctls: map, Tmpfs: map, PortBindings: bindings },
    RestartPolicy: z.object({ Name: text, MaximumRetryCount: number }).nullish(),
    LogConfig: z.object({ Type: text, Config: map }).nullish(),
    Ulimits: z.array(z.object({ Name: text, Soft: number, Hard: number })).nullish(),
    Devices: z.array(z.object({ PathOnHost: text, PathInContainer: text, CgroupPermissions: text })).nullish(),
    DeviceRequests: z.array(z.unknown()).nullish(),
    Mounts: z.array(z.object({ Target: text, VolumeOptions: z.object({ Subpath: text }).nullish() })).nullish(),
  }),
  NetworkSettings: z.object({
    Ports: bindings,
    Networks: z.record(z.string(), z.object({ Aliases: texts, IPAMConfig: z.object({ IPv4Address: text }).nullish() }).nullish()).nullish(),
  }),
  Mounts: z.array(z.object({ Type: text, Name: text, Source: text, Destination: text, RW: z.boolean().nullish() })).nullish(),
});

const imageConfig = z
  .object({
    ...{ Env: texts, Cmd: words, Entrypoint: words, Labels: map, User: text, WorkingDir: text, StopSignal: text, Healthcheck: healthcheck },
    Volumes: z.record(z.string(), z.unknown()).nullish(),
  })
  .nullish();

type Inspected = z.infer<typeof inspected>;

/** A container in our words. */
export function toDescription(info: ContainerInspectInfo, image: ImageInspectInfo | null): ContainerDescription {
  const { id, name, labels, status, startedAtMs, exitCode, bridgeAddress } = toContainerView(info);
  const given = inspected.parse(info);
  const { Config: config, HostConfig: host } = given;
  const fixedPorts = toBindings(host.PortBindings);
  const isRunning = status === 'running' || status === 'paused';
  return {
    ...{ id, name, status, startedAtMs, exitCode, bridgeAddress, labels },
    autoRemove: host.AutoRemove,
    image: config.Image,
    of: image && toImage(image),
    ...{ entrypoint: config.Entrypoint, command: config.Cmd, env: config.Env, user: config.User, workingDir: config.WorkingDir },
    ...{ hostname: config.Hostname, domainname: config.Domainname, tty: config.Tty, stdinOpen: config.OpenStdin },
    stopSignal: config.StopSignal,
    stopTimeoutS: config.StopTimeout ?? null,
    healthcheck: toHealthcheck(config.Healthcheck),
    ports: isRunning ? toBindings(given.NetworkSettings.Ports) : fixedPorts,
    fixedPorts,
    mounts: toMounts(given),
    tmpfs: host.Tmpfs,
    networkMode: host.NetworkMode,
    networks: toNetworks(given),
    restart: {
      name: host.RestartPolicy?.Name === 'no' ? '' : (host.RestartPolicy?.Name ?? ''),
      most: host.RestartPolicy?.MaximumRetryCount ?? 0,
    },
    ...{ memoryBytes: host.Memory, memorySwapBytes: host.MemorySwap, memoryReservationBytes: host.MemoryReservation },
    cpus: toCpus(host),
    ...{
      cpuShares: host.CpuShares,
      cpuset: host.CpusetCpus,
      pidsLimit: host.PidsLimit,
      shmBytes: host.ShmSize,
      oomScoreAdj: host.OomScoreAdj,
    },
    ulimits: (host.Ulimits ?? []).map(({ Name, Soft, Hard }) => ({ name: Name, soft: Soft, hard: Hard })),
    ...{
      sysctls: host.Sysctls,
      capAdd: host.CapAdd,
      capDrop: host.CapDrop,
      securityOptions: host.SecurityOpt,
      privileged: host.Privileged,
    },
    devices: (host.Devices ?? []).map(({ PathOnHost, PathInContainer, CgroupPermissions }) =>
      [PathOnHost, PathInContainer, CgroupPermissions].filter((part) => part !== '').join(':'),
    ),
    deviceRequests: host.DeviceRequests?.length ?? 0,
    ...{ extraHosts: host.ExtraHosts, dns: host.Dns, dnsSearch: host.DnsSearch, dnsOptions: host.DnsOptions, groupAdd: host.GroupAdd },
    ...{ links: host.Links, init: host.Init, readOnly: host.ReadonlyRootfs, pidMode: host.PidMode, ipcMode: host.IpcMode },
    ...{ utsMode: host.UTSMode, usernsMode: host.UsernsMode, cgroupMode: host.CgroupnsMode, cgroupParent: host.CgroupParent },
    runtime: host.Runtime,
    logging: { driver: host.LogConfig?.Type ?? '', options: host.LogConfig?.Config ?? {} },
  };
}

function toImage(image: ImageInspectInfo): ImageDescription {
  const config = imageConfig.parse(image.Config);
  return {
    names: [...(image.RepoTags ?? []), ...(image.RepoDigests ?? [])].filter((name) => !name.includes('<none>')),
    ...{ entrypoint: config?.Entrypoint ?? [], command: config?.Cmd ?? [], env: config?.Env ?? [], labels: config?.Labels ?? {} },
    volumes: Object.keys(config?.Volumes ?? {}),
    ...{ user: config?.User ?? '', workingDir: config?.WorkingDir ?? '', stopSignal: config?.StopSignal ?? '' },
    healthcheck: toHealthcheck(config?.Healthcheck),
  };
}

function toHealthcheck(check: z.infer<typeof healthcheck>): HealthcheckDescription | null {
  if (!check) return null;
  return {
    test: check.Test,
    intervalMs: check.Interval / NS_PER_MS,
    timeoutMs: check.Timeout / NS_PER_MS,
    startPeriodMs: check.StartPeriod / NS_PER_MS,
    startIntervalMs: check.StartInterval / NS_PER_MS,
    retries: check.Retries,
  };
}

/** Ports with a number; IPv4 and IPv6 of all addresses are one. Protocols that are not leased here are left away. */
function toBindings(ports: z.infer<typeof bindings>): readonly PortBinding[] {
  const found = new Map<string, PortBinding>();
  for (const [key, published] of Object.entries(ports)) {
    const [container, protocol = 'tcp'] = key.split('/');
    if (protocol !== 'tcp' && protocol !== 'udp') continue;
    for (const { HostIp, HostPort } of published ?? []) {
      const host = Number(HostPort);
      if (!(host > 0)) continue;
      const address = HostIp === '' || HostIp === '0.0.0.0' || HostIp === '::' ? '' : HostIp;
      found.set(`${key} ${address} ${host}`, { container: Number(container), host, protocol, ...(address === '' ? {} : { address }) });
    }
  }
  return [...found.values()];
}

function toMounts({ Mounts, HostConfig }: Inspected): readonly MountDescription[] {
  const subpaths = new Map((HostConfig.Mounts ?? []).map(({ Target, VolumeOptions }) => [Target, VolumeOptions?.Subpath ?? '']));
  return (Mounts ?? []).map(({ Type, Name, Source, Destination, RW }) => {
    const source = Type === 'volume' ? '' : Source;
    return { type: Type, name: Name, source, target: Destination, readOnly: RW === false, subpath: subpaths.get(Destination) ?? '' };
  });
}

function toNetworks({ NetworkSettings, HostConfig }: Inspected): readonly AttachmentDescription[] {
  const entries = Object.entries(NetworkSettings.Networks ?? {}).map(([name, endpoint]) => {
    return { name, aliases: endpoint?.Aliases ?? [], address: endpoint?.IPAMConfig?.IPv4Address ?? '' };
  });
  const isFirst = ({ name }: AttachmentDescription): boolean => name === HostConfig.NetworkMode;
  return [...entries.filter(isFirst), ...entries.filter((entry) => !isFirst(entry))];
}

function toCpus({ NanoCpus, CpuQuota, CpuPeriod }: Inspected['HostConfig']): number {
  if (NanoCpus > 0) return NanoCpus / NANO_CPUS;
  return CpuQuota > 0 ? Math.round((CpuQuota / (CpuPeriod || PERIOD_US)) * 100) / 100 : 0;
}
