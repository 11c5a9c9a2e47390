import type { SnapshotId } from '../shared/ids.ts';
import type { ArchiveSpec } from '../software/archives.ts';
import type { ProcessSpec } from '../software/process-spec.ts';
import type { ImageBuild } from './image-build.ts';

/** Everything that shapes one container. Resolved: no deferred values. Its canonical JSON is hashed to detect change. */
export interface ContainerSpec {
  readonly image: string;
  /** The image is built on the host, and is named after this. */
  readonly build?: ImageBuild;
  /** The image is a snapshot; `serial` tells one restore from the next. */
  readonly snapshot?: { readonly id: SnapshotId; readonly serial: number };
  /** Null keeps the image's. */
  readonly entrypoint: readonly string[] | null;
  readonly command: readonly string[] | null;
  readonly env: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly PortSpec[];
  readonly volumes: readonly VolumeSpec[];
  /** Written into the container before it starts. */
  readonly files: readonly FileSpec[];
  /** Archives whose files are written into folders of the container, absolute, before it starts. Absent when there are none. */
  readonly archives?: readonly ArchiveSpec[];
  /** Hard limit in bytes; null is none. */
  readonly memoryBytes: number | null;
  /** CPUs, 0.5 is half of one; null is none. */
  readonly cpus: number | null;
  readonly hostname: string | null;
  readonly user: string | null;
  readonly readOnly: boolean;
  /** Seconds between SIGTERM and SIGKILL. Range 0-3600. */
  readonly stopTimeoutS: number;
  readonly healthcheck: HealthcheckSpec | null;
  /** Networks of its application that it joins, in their order; absent leaves it on the host's own bridge. */
  readonly networks?: readonly NetworkAttachment[];
  /** What few containers ask for. Absent when empty, as is every part of it: what others ask for keeps its hash. */
  readonly options?: ContainerOptions;
  /** What commands install and run in it; on a machine nothing else of this is of use but the ports. */
  readonly process?: ProcessSpec;
}

/** A container that asks for nothing but its image. */
export const BARE_CONTAINER: Omit<ContainerSpec, 'image'> = {
  entrypoint: null,
  command: null,
  env: {},
  labels: {},
  ports: [],
  volumes: [],
  files: [],
  memoryBytes: null,
  cpus: null,
  hostname: null,
  user: null,
  readOnly: false,
  stopTimeoutS: 10,
  healthcheck: null,
};

export interface PortSpec {
  /** 1-65535 */
  readonly container: number;
  readonly protocol: 'tcp' | 'udp';
  /** Wanted host ports, first available wins; null takes one from the host's pool. */
  readonly host: { readonly from: number; readonly to: number } | null;
  /** Address of the host that it listens on; absent is all of them. */
  readonly address?: string;
}

export interface VolumeSpec {
  /** Named volume, kept over restarts and updates. */
  readonly name: string;
  readonly path: string;
  readonly readOnly: boolean;
  /** Present for one that the application declares: its containers share it. Any other is local to the entity. */
  readonly shared?: VolumeDefinition;
  /** An empty volume is not filled with what the image has at `path`. */
  readonly noCopy?: true;
}

/** How a volume that an application declares is made. */
export interface VolumeDefinition {
  /** Name on its host of a volume that others made: it is used, and never made or removed. Nothing else is given beside it. */
  readonly external?: string;
  /** Docker's volume driver; absent is `local`. */
  readonly driver?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface NetworkAttachment {
  /** As the blueprint calls it. */
  readonly name: string;
  /** Names by which the others on this network find the container. */
  readonly aliases: readonly string[];
  /** Fixed IPv4 address; absent lets Docker choose. */
  readonly address?: string;
  readonly macAddress?: string;
  /** An operator put the container there, not its blueprint. */
  readonly attached?: true;
  readonly definition: NetworkDefinition;
}

/** How a network is made; with another definition it is another network. */
export interface NetworkDefinition {
  /** Name on its host of a network that others made: it is joined, and never made or removed. Nothing else is given beside it. */
  readonly external?: string;
  /** Name of a network of the cloud that stands on its own: it is joined. Nothing else is given beside it. */
  readonly shared?: string;
  /**
   * It reaches all hosts of the cloud: `cloud`, by what the cloud has for that when the network is made, so that another provider of the cloud leaves
   * what is there as it is. `host`: the cloud's provider makes it, and it ends at a host all the same. Absent for a bridge that Docker alone has.
   */
  readonly provider?: 'cloud' | 'host';
  /** Nothing outside of it can be reached. */
  readonly internal?: true;
  /** IPv4 CIDR; absent lets Docker choose. */
  readonly subnet?: string;
  readonly gateway?: string;
  /** CIDR within `subnet` from which Docker chooses addresses. */
  readonly ipRange?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Name spaces that a container can share with its host; Docker's words. */
export const HOST_SPACES = ['pid', 'ipc', 'uts', 'userns', 'cgroup'] as const;
export type HostSpace = (typeof HOST_SPACES)[number];

export interface HostFolder {
  /** Absolute path on the host. */
  readonly source: string;
  readonly path: string;
  readonly readOnly: boolean;
}

export interface ContainerOptions {
  readonly workingDir?: string;
  readonly domainname?: string;
  /** `name:address` as Docker takes it. */
  readonly extraHosts?: readonly string[];
  readonly dns?: readonly string[];
  readonly dnsSearch?: readonly string[];
  readonly dnsOptions?: readonly string[];
  /** `none` has no network but loopback, `host` the one of its host; absent is the host's own bridge where it joins no network. */
  readonly networkMode?: 'none' | 'host';
  /** Ports that are told and not published, such as `3000/tcp`. */
  readonly expose?: readonly string[];
  /** Path → mount options, such as `size=64m,mode=755`. */
  readonly tmpfs?: Readonly<Record<string, string>>;
  /** Paths of volumes without a name, which come and go with the container. */
  readonly anonymousVolumes?: readonly string[];
  readonly shmBytes?: number;
  readonly ulimits?: readonly { readonly name: string; readonly soft: number; readonly hard: number }[];
  readonly sysctls?: Readonly<Record<string, string>>;
  readonly capAdd?: readonly string[];
  readonly capDrop?: readonly string[];
  readonly noNewPrivileges?: true;
  /** Others than no-new-privileges, as Docker takes them. */
  readonly securityOptions?: readonly string[];
  readonly privileged?: true;
  /** `/dev/host[:/dev/container[:rwm]]` */
  readonly devices?: readonly string[];
  /** Name spaces that it shares with its host. */
  readonly hostSpaces?: readonly HostSpace[];
  /** Folders and sockets of its host. */
  readonly hostFolders?: readonly HostFolder[];
  readonly init?: true;
  readonly tty?: true;
  readonly stdinOpen?: true;
  readonly stopSignal?: string;
  readonly groupAdd?: readonly string[];
  readonly oomScoreAdj?: number;
  readonly pidsLimit?: number;
  /** Soft limit in bytes. */
  readonly memoryReservationBytes?: number;
  /** Memory and swap together in bytes, -1 for no limit; absent allows no swap beyond the memory limit. */
  readonly memorySwapBytes?: number;
  /** Weight when CPUs are short; Docker's default is 1024. */
  readonly cpuShares?: number;
  /** CPUs it may use, such as `0-3,5`. */
  readonly cpuset?: string;
  /** `os/architecture[/variant]` of the image. */
  readonly platform?: string;
  readonly logging?: { readonly driver: string; readonly options: Readonly<Record<string, string>> };
}

export interface FileSpec {
  /** Absolute path in the container. */
  readonly path: string;
  readonly content: string;
  /** Octal permissions, 0o644 by default. */
  readonly mode: number;
  /** Numeric owner; absent is root. */
  readonly uid?: number;
  readonly gid?: number;
}

export interface HealthcheckSpec {
  readonly test: readonly string[];
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly startPeriodMs: number;
  /** Between checks while it starts; absent is `intervalMs`. */
  readonly startIntervalMs?: number;
}

/** How the engine learns that a started container serves. */
export type ReadinessProbe =
  | { readonly kind: 'running' }
  | { readonly kind: 'healthcheck' }
  | { readonly kind: 'tcp'; readonly containerPort: number }
  /** Answers with a status of 200 or more and less than `below` are a yes; absent is 400. */
  | { readonly kind: 'http'; readonly containerPort: number; readonly path: string; readonly below?: number }
  | { readonly kind: 'exec'; readonly argv: readonly string[] };

/** All that are on it are on one host. */
export function endsAtHost({ provider, external }: NetworkDefinition): boolean {
  return provider === 'host' || (provider === undefined && external === undefined);
}
