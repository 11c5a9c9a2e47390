import type { ContainerCreateOptions, HostConfig } from 'dockerode';
import type { ContainerOptions, ContainerSpec, HostSpace } from '../../domain/entity/container-spec.ts';

/** Bounds what a container's output takes on the host. */
const LOG_LIMITS = { 'max-size': '10m', 'max-file': '3' } as const;

/** The options that stand beside the host's part of a creation. */
export function toContainerOptions({ ports, options = {} }: Pick<ContainerSpec, 'ports' | 'options'>): Partial<ContainerCreateOptions> {
  const exposed = [...ports.map((port) => `${port.container}/${port.protocol}`), ...(options.expose ?? [])];
  return withoutAbsent({
    ExposedPorts: Object.fromEntries(exposed.map((port) => [port, {}])),
    WorkingDir: options.workingDir,
    Domainname: options.domainname,
    Tty: options.tty,
    OpenStdin: options.stdinOpen,
    StopSignal: options.stopSignal,
  });
}

export function toHostOptions(options: ContainerOptions): Partial<HostConfig> {
  return withoutAbsent({
    Init: options.init ?? false,
    LogConfig: toLogConfig(options.logging),
    ExtraHosts: listOf(options.extraHosts),
    Dns: listOf(options.dns),
    DnsSearch: listOf(options.dnsSearch),
    DnsOptions: listOf(options.dnsOptions),
    Tmpfs: options.tmpfs && { ...options.tmpfs },
    ShmSize: options.shmBytes,
    Ulimits: options.ulimits?.map(({ name, soft, hard }) => ({ Name: name, Soft: soft, Hard: hard })),
    Sysctls: options.sysctls && { ...options.sysctls },
    CapAdd: listOf(options.capAdd),
    CapDrop: listOf(options.capDrop),
    SecurityOpt: listOf([...(options.noNewPrivileges ? ['no-new-privileges:true'] : []), ...(options.securityOptions ?? [])]),
    Privileged: options.privileged,
    Devices: options.devices?.map(toDevice),
    ...toHostSpaces(options.hostSpaces ?? []),
    GroupAdd: listOf(options.groupAdd),
    OomScoreAdj: options.oomScoreAdj,
    PidsLimit: options.pidsLimit,
    MemoryReservation: options.memoryReservationBytes,
    CpuShares: options.cpuShares,
    CpusetCpus: options.cpuset,
  });
}

function toDevice(text: string): { PathOnHost: string; PathInContainer: string; CgroupPermissions: string } {
  const [source = '', second = source, third] = text.split(':');
  const isPath = second.startsWith('/');
  return { PathOnHost: source, PathInContainer: isPath ? second : source, CgroupPermissions: (isPath ? third : second) ?? 'rwm' };
}

function toHostSpaces(spaces: readonly HostSpace[]): Partial<HostConfig> {
  const names = { pid: 'PidMode', ipc: 'IpcMode', uts: 'UTSMode', userns: 'UsernsMode', cgroup: 'CgroupnsMode' } as const;
  return Object.fromEntries(spaces.map((space) => [names[space], 'host']));
}

/** Docker's own drivers for files get a limit of their size; what others send elsewhere has none. */
function toLogConfig(logging: ContainerOptions['logging']): HostConfig['LogConfig'] {
  const { driver, options } = logging ?? { driver: 'json-file', options: {} };
  const limits = driver === 'json-file' || driver === 'local' ? LOG_LIMITS : {};
  return { Type: driver, Config: { ...limits, ...options } };
}

function listOf(values: readonly string[] | undefined): string[] | undefined {
  return values && values.length > 0 ? [...values] : undefined;
}

function withoutAbsent<T extends object>(values: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
