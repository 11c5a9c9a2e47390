import type { PortBinding } from '../entity/instance.ts';

/** What an image says of its containers, as far as they do not say otherwise. */
export interface ImageDescription {
  readonly names: readonly string[];
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  /** `NAME=value` */
  readonly env: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** Paths for which each container gets a volume without a name. */
  readonly volumes: readonly string[];
  readonly user: string;
  readonly workingDir: string;
  readonly stopSignal: string;
  readonly healthcheck: HealthcheckDescription | null;
}

export interface HealthcheckDescription {
  readonly test: readonly string[];
  /** Milliseconds; 0 is Docker's default. */
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly startPeriodMs: number;
  readonly startIntervalMs: number;
  /** 0 is Docker's default. */
  readonly retries: number;
}

export interface MountDescription {
  readonly type: string;
  /** Of a volume; 64 hexadecimal digits for one without a name. Empty for what is none. */
  readonly name: string;
  /** Path on the host of what is no volume. */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  /** Part of a volume; empty for the whole. */
  readonly subpath: string;
}

export interface AttachmentDescription {
  readonly name: string;
  readonly aliases: readonly string[];
  /** As it was asked for; empty where Docker chose. */
  readonly address: string;
}

/**
 * All that shapes a container that others made, in Docker's words, as its engine and its image tell it. Empty texts, zeros and empty lists stand
 * for what was not asked for.
 */
export interface ContainerDescription {
  /** 64 hexadecimal digits. */
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly startedAtMs: number | null;
  readonly exitCode: number | null;
  readonly bridgeAddress: string | null;
  /** Docker removes it when it ends. */
  readonly autoRemove: boolean;
  readonly labels: Readonly<Record<string, string>>;
  /** As it was asked for; may be an id. */
  readonly image: string;
  /** Null where its image is gone. */
  readonly of: ImageDescription | null;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly env: readonly string[];
  readonly user: string;
  readonly workingDir: string;
  readonly hostname: string;
  readonly domainname: string;
  readonly tty: boolean;
  readonly stdinOpen: boolean;
  readonly stopSignal: string;
  /** Null where it was not said. */
  readonly stopTimeoutS: number | null;
  readonly healthcheck: HealthcheckDescription | null;
  /** Ports of the host that lead into it now. */
  readonly ports: readonly PortBinding[];
  /** Those that were asked for by their number. */
  readonly fixedPorts: readonly PortBinding[];
  readonly mounts: readonly MountDescription[];
  /** Path → mount options. */
  readonly tmpfs: Readonly<Record<string, string>>;
  readonly networkMode: string;
  /** The one of `networkMode` first. */
  readonly networks: readonly AttachmentDescription[];
  readonly restart: { readonly name: string; readonly most: number };
  readonly memoryBytes: number;
  /** -1 for no limit. */
  readonly memorySwapBytes: number;
  readonly memoryReservationBytes: number;
  readonly cpus: number;
  readonly cpuShares: number;
  readonly cpuset: string;
  readonly pidsLimit: number;
  readonly shmBytes: number;
  readonly oomScoreAdj: number;
  readonly ulimits: readonly { readonly name: string; readonly soft: number; readonly hard: number }[];
  readonly sysctls: Readonly<Record<string, string>>;
  readonly capAdd: readonly string[];
  readonly capDrop: readonly string[];
  readonly securityOptions: readonly string[];
  readonly privileged: boolean;
  /** `/dev/host:/dev/container:rwm` */
  readonly devices: readonly string[];
  /** Devices that a driver gives, such as GPUs. */
  readonly deviceRequests: number;
  readonly extraHosts: readonly string[];
  readonly dns: readonly string[];
  readonly dnsSearch: readonly string[];
  readonly dnsOptions: readonly string[];
  readonly groupAdd: readonly string[];
  readonly links: readonly string[];
  readonly init: boolean;
  readonly readOnly: boolean;
  readonly pidMode: string;
  readonly ipcMode: string;
  readonly utsMode: string;
  readonly usernsMode: string;
  readonly cgroupMode: string;
  readonly cgroupParent: string;
  readonly runtime: string;
  readonly logging: { readonly driver: string; readonly options: Readonly<Record<string, string>> };
}
